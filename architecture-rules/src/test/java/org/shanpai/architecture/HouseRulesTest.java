package org.shanpai.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule holds for the product, and fails on the violation planted for it. */
class HouseRulesTest {

  private static final String PLANTED = "org.shanpai.architecture.planted";

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/architecture/"))
          .importPackages("org.shanpai");

  /** A rule and the package below {@link #PLANTED} that breaks it. */
  private record Case(ArchRule rule, String plantedIn) {}

  private static List<Case> cases() {
    Stream<Case> services =
        HouseRules.servicesKnowEachOtherOnlyThroughContracts().stream()
            .map(rule -> new Case(rule, "neighbours"));
    Stream<Case> others =
        Stream.of(
            new Case(HouseRules.CITY_KNOWS_NO_SERVICE, "neighbours"),
            new Case(HouseRules.BENCHMARKS_KNOW_THE_ENGINE_ONLY, "neighbours"),
            new Case(HouseRules.CONTRACTS_ARE_PLAIN, "frameworks"),
            new Case(HouseRules.ENGINE_IS_PLAIN, "frameworks"),
            new Case(HouseRules.SOLVER_STAYS_IN_ITS_PACKAGE, "frameworks"),
            new Case(HouseRules.GEOMETRY_STAYS_IN_GEO, "frameworks"),
            new Case(HouseRules.ONE_DOOR_TO_THE_DATABASE, "doors"),
            new Case(HouseRules.NO_AMBIENT_TIME, "ambient"),
            new Case(HouseRules.NO_UNSEEDED_CHANCE, "ambient"),
            new Case(HouseRules.ROOMS_HAVE_NAMES, "rooms"),
            new Case(HouseRules.CLASSES_HAVE_NAMES, "rooms"),
            new Case(HouseRules.ENDPOINTS_SAY_WHO_MAY_CALL, "doors"),
            new Case(HouseRules.PAY_NEVER_READS_THE_SCORE, "neighbours"));
    return Stream.concat(services, others).toList();
  }

  @TestFactory
  Stream<DynamicTest> productKeepsTheRule() {
    return cases().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.rule().getDescription(),
                    () -> rule.rule().allowEmptyShould(false).check(PRODUCT)));
  }

  @TestFactory
  Stream<DynamicTest> plantedViolationIsFound() {
    return cases().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.rule().getDescription(),
                    () -> {
                      JavaClasses planted =
                          new ClassFileImporter().importPackages(PLANTED + "." + rule.plantedIn());
                      EvaluationResult result = rule.rule().evaluate(planted);
                      assertThat(result.hasViolation())
                          .as("the violation planted in %s", rule.plantedIn())
                          .isTrue();
                    }));
  }

  @Test
  void everyProgramIsLookedAt() {
    for (String program :
        List.of(
            "contracts",
            "chassis",
            "messaging",
            "servers",
            "geo",
            "order",
            "engine",
            "dispatch",
            "rider",
            "controlroom",
            "stack",
            "city",
            "bench",
            "servicebench")) {
      assertThat(
              PRODUCT.stream()
                  .anyMatch(c -> c.getPackageName().startsWith("org.shanpai." + program)))
          .as("classes of org.shanpai.%s", program)
          .isTrue();
    }
  }
}
