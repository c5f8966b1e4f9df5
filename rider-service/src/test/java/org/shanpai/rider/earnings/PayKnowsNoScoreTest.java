package org.shanpai.rider.earnings;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.shanpai.rider.score.ServiceScore;

/** Lateness never takes money: what pays riders cannot even see the score. */
class PayKnowsNoScoreTest {

  private static final ArchRule RULE =
      noClasses()
          .that()
          .resideInAPackage("org.shanpai.rider.earnings..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.shanpai.rider.score..");

  /** A pay class that looks at the score, planted so that the rule is known to bite. */
  static final class PayThatPeeks {
    long fen(ServiceScore score) {
      return score.milliPoints() < 60_000 ? 0 : 650;
    }
  }

  @Test
  void noClassOfEarningsDependsOnTheScore() {
    JavaClasses earnings =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.shanpai.rider.earnings");
    assertThat(earnings.stream().map(JavaClass::getSimpleName)).contains("EarningsLedger");
    RULE.check(earnings);
  }

  @Test
  void thePlantedViolationIsFound() {
    JavaClasses planted = new ClassFileImporter().importClasses(PayThatPeeks.class);
    assertThatThrownBy(() -> RULE.check(planted)).isInstanceOf(AssertionError.class);
  }

  @Test
  void noSqlOfEarningsNamesATableOfTheScore() throws IOException {
    Path classes =
        Path.of(EarningsLedger.class.getProtectionDomain().getCodeSource().getLocation().getPath())
            .resolve("org/shanpai/rider/earnings");
    List<Path> files;
    try (Stream<Path> found = Files.walk(classes)) {
      files = found.filter(file -> file.toString().endsWith(".class")).toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      assertThat(constants(file)).as(file.toString()).doesNotContain("score_", "delivery_facts");
    }
  }

  private static String constants(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
