package org.shanpai.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** The rules of the house. Package patterns start with .. so that planted violations match too. */
final class HouseRules {

  private static final List<String> SERVICES =
      List.of("order", "geo", "dispatch", "rider", "controlroom");

  private static final Set<String> ROOMS_WITHOUT_A_NAME =
      Set.of(
          "util",
          "utils",
          "common",
          "helper",
          "helpers",
          "impl",
          "dto",
          "vo",
          "misc",
          "service",
          "controller");

  private static final Set<String> ENDPOINTS =
      Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");

  private HouseRules() {}

  /** Services know each other only through contracts; one rule for each. */
  static List<ArchRule> servicesKnowEachOtherOnlyThroughContracts() {
    List<ArchRule> rules = new ArrayList<>();
    for (String service : SERVICES) {
      String[] others =
          SERVICES.stream()
              .filter(other -> !other.equals(service))
              .map(other -> "..shanpai." + other + "..")
              .toArray(String[]::new);
      rules.add(
          noClasses()
              .that()
              .resideInAPackage("..shanpai." + service + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others)
              .as("the " + service + " service knows no other service"));
    }
    return rules;
  }

  /** The city is an outsider: it comes through the public APIs. */
  static final ArchRule CITY_KNOWS_NO_SERVICE =
      noClasses()
          .that()
          .resideInAnyPackage("..shanpai.city..", "..shanpai.stack..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..shanpai.order..",
              "..shanpai.geo..",
              "..shanpai.dispatch..",
              "..shanpai.rider..",
              "..shanpai.controlroom..",
              "..shanpai.engine..",
              "..shanpai.messaging..",
              "..shanpai.chassis..")
          .as("the simulated city uses public APIs only");

  /** What is measured is the engine, not a service around it. */
  static final ArchRule BENCHMARKS_KNOW_THE_ENGINE_ONLY =
      noClasses()
          .that()
          .resideInAPackage("..shanpai.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..shanpai.order..",
              "..shanpai.geo..",
              "..shanpai.dispatch..",
              "..shanpai.rider..",
              "..shanpai.controlroom..",
              "..shanpai.messaging..",
              "..shanpai.chassis..",
              "..shanpai.city..",
              "..shanpai.stack..")
          .as("benchmarks know the engine and no service");

  static final ArchRule CONTRACTS_ARE_PLAIN =
      noClasses()
          .that()
          .resideInAPackage("..shanpai.contracts..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("..")
                  .and(
                      DescribedPredicate.not(
                          resideInAnyPackage(
                              "java..",
                              "..shanpai.contracts..",
                              "com.fasterxml.jackson.annotation.."))))
          .as("contracts are plain Java with Jackson's annotations");

  static final ArchRule ENGINE_IS_PLAIN =
      noClasses()
          .that()
          .resideInAPackage("..shanpai.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..",
              "io.vertx..",
              "io.smallrye..",
              "jakarta..",
              "org.apache.kafka..",
              "org.hibernate..",
              "java.net..",
              "java.nio.file..",
              "..shanpai.dispatch..",
              "..shanpai.chassis..",
              "..shanpai.messaging..")
          .as("the engine does no I/O and knows no framework but the solver");

  static final ArchRule SOLVER_STAYS_IN_ITS_PACKAGE =
      noClasses()
          .that()
          .resideOutsideOfPackages("..shanpai.engine.solver..", "..shanpai.bench.peers..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.optaplanner..")
          .as("OptaPlanner is used inside the engine's solver package only, and as its own rival");

  static final ArchRule GEOMETRY_STAYS_IN_GEO =
      noClasses()
          .that()
          .resideOutsideOfPackages("..shanpai.geo..", "..shanpai.servicebench.geo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.locationtech..", "com.uber.h3core..")
          .as("longitude-first libraries never leave the geo-service, but as its rivals");

  static final ArchRule ONE_DOOR_TO_THE_DATABASE =
      noClasses()
          .that()
          .resideOutsideOfPackage("..shanpai.messaging..")
          .should()
          .dependOnClassesThat(
              nameMatching(
                  "io\\.vertx\\..*sqlclient\\.(Pool|SqlClient|SqlConnection)"
                      + "|io\\.vertx\\..*pgclient\\.PgPool"
                      + "|org\\.hibernate\\.reactive\\..*\\$?(StatelessSession|SessionFactory)"
                      + "|org\\.hibernate\\.reactive\\.mutiny\\.Mutiny\\$(StatelessSession|SessionFactory)"
                      + "|io\\.quarkus\\.hibernate\\.reactive\\.panache\\.Panache"
                      + "|io\\.quarkus\\.hibernate\\.reactive\\.panache\\.common\\.With(Session|Transaction).*"))
          .as(
              "transactions open through Tx alone; bare pools and stateless sessions are forbidden");

  static final ArchRule NO_AMBIENT_TIME =
      noClasses()
          .that()
          .resideOutsideOfPackage("..shanpai.contracts.time..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .as("time comes from the two injected clocks");

  static final ArchRule NO_UNSEEDED_CHANCE =
      noClasses()
          .should()
          .callConstructor(Random.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(ThreadLocalRandom.class, "current")
          .as("chance comes from a given seed");

  static final ArchRule ROOMS_HAVE_NAMES =
      classes()
          .should(
              new ArchCondition<JavaClass>("live in a package named after what it does") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  for (String part : type.getPackageName().split("\\.")) {
                    if (ROOMS_WITHOUT_A_NAME.contains(part)) {
                      events.add(
                          SimpleConditionEvent.violated(
                              type, type.getName() + " lives in a package '" + part + "'"));
                    }
                  }
                }
              });

  static final ArchRule CLASSES_HAVE_NAMES =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Dto")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .as("classes are named after what they are");

  static final ArchRule ENDPOINTS_SAY_WHO_MAY_CALL =
      methods()
          .that(
              new DescribedPredicate<JavaMethod>("are endpoints") {
                @Override
                public boolean test(JavaMethod method) {
                  return !method.getOwner().isInterface()
                      && method.getAnnotations().stream()
                          .map(JavaAnnotation::getRawType)
                          .anyMatch(
                              type ->
                                  type.getPackageName().equals("jakarta.ws.rs")
                                      && ENDPOINTS.contains(type.getSimpleName()));
                }
              })
          .should(
              new ArchCondition<JavaMethod>("name the roles that may call them") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                  if (!named(method.getAnnotations())
                      && !named(method.getOwner().getAnnotations())) {
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " lets anybody in without saying so"));
                  }
                }
              });

  private static boolean named(Set<? extends JavaAnnotation<?>> annotations) {
    return annotations.stream()
        .map(annotation -> annotation.getRawType().getName())
        .anyMatch(
            name ->
                name.equals("jakarta.annotation.security.RolesAllowed")
                    || name.equals("jakarta.annotation.security.PermitAll")
                    || name.equals("io.quarkus.security.Authenticated"));
  }

  static final ArchRule PAY_NEVER_READS_THE_SCORE =
      noClasses()
          .that()
          .resideInAPackage("..shanpai.rider.earnings..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..shanpai.rider.score..")
          .as("base pay never reads the score");
}
