package org.shanpai.rider.welfare;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Leave cannot cost points, and neither leave nor campaigns pay by points. */
class WelfareKnowsNoScoreTest {

  @Test
  void noClassOfWelfareOrCampaignsDependsOnTheScore() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.shanpai.rider.welfare", "org.shanpai.rider.campaign");
    assertThat(classes.stream().map(JavaClass::getSimpleName)).contains("Leaves", "RidingWeeks");
    noClasses().should().dependOnClassesThat().resideInAPackage("..rider.score..").check(classes);
  }
}
