package org.shanpai.order.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildingKeyTest {

  private final AddressRecogniser recogniser = new AddressRecogniser(new AdministrativeNames());

  private BuildingKey key(String text) {
    return BuildingKey.of(recogniser.recognise(text, true));
  }

  @Test
  void waysToWriteOneBuildingHaveOneKey() {
    BuildingKey key = key("静安区翠湖花园3栋2单元1101室");
    assertThat(key("静安区翠湖花园三号楼1101")).isEqualTo(key);
    assertThat(key("翠湖花园3#1101 王先生 13900001101")).isEqualTo(key);
    assertThat(BuildingKey.of("翠湖花园", null, null, "３幢")).isEqualTo(key);
  }

  @Test
  void keyEndsAtTheBuilding() {
    BuildingKey key = key("翠湖花园3栋2单元11楼1101室 王先生 13900001101 放门口");
    assertThat(key.toString()).doesNotContain("1101", "王", "139", "门口", "11楼");
    assertThat(key).isEqualTo(new BuildingKey("翠湖花园", "", "3"));
  }

  @Test
  void chunkThatMayBeAPersonsNameNeverBecomesAKey() {
    RecognisedAddress address = recogniser.recognise("翻云路7号司空摘星3单元502", true);
    assertThat(address.value(AddressPart.ESTATE)).isEqualTo("司空摘星");
    assertThat(BuildingKey.of(address)).isEqualTo(new BuildingKey("", "翻云路7号", ""));
  }

  @Test
  void roadWithoutANumberTellsNothing() {
    assertThat(key("静安区新闸路").telling()).isFalse();
    assertThat(key("静安区新闸路831号").telling()).isTrue();
  }
}
