package org.shanpai.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The engine is a plain library: no framework, no clock, no unseeded chance, no I/O. */
class EngineShapeTest {

  private static final ArchRule OPTAPLANNER_ONLY_IN_SOLVER =
      noClasses()
          .that()
          .resideOutsideOfPackage("..engine.solver..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.optaplanner..");

  private static final ArchRule NO_CLOCK =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callConstructor(java.util.Random.class)
          .orShould()
          .callConstructor(java.util.SplittableRandom.class);

  private static final ArchRule NO_IO =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..", "java.io..", "java.nio..", "java.net..", "java.sql..");

  private static JavaClasses main() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.shanpai.engine");
    assertThat(classes.size()).isGreaterThan(20);
    return classes;
  }

  @Test
  void optaplannerStaysInTheSolverPackage() {
    OPTAPLANNER_ONLY_IN_SOLVER.check(main());
    assertThatThrownBy(
            () ->
                OPTAPLANNER_ONLY_IN_SOLVER.check(
                    new ClassFileImporter().importClasses(PlantedPlanner.class)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void nothingReadsAClockOrUnseededChance() {
    NO_CLOCK.check(main());
    assertThatThrownBy(
            () -> NO_CLOCK.check(new ClassFileImporter().importClasses(PlantedClock.class)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void nothingDoesInputOrOutput() {
    NO_IO.check(main());
    assertThatThrownBy(() -> NO_IO.check(new ClassFileImporter().importClasses(PlantedFile.class)))
        .isInstanceOf(AssertionError.class);
  }

  static final class PlantedPlanner {
    Object score() {
      return org.optaplanner.core.api.score.buildin.hardsoftlong.HardSoftLongScore.ZERO;
    }
  }

  static final class PlantedClock {
    long now() {
      return System.currentTimeMillis();
    }
  }

  static final class PlantedFile {
    boolean exists() {
      return new java.io.File("x").exists();
    }
  }
}
