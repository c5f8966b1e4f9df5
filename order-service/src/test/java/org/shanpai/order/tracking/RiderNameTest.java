package org.shanpai.order.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiderNameTest {

  @ParameterizedTest
  @CsvSource({
    "王小明, 王**",
    "欧阳锋, 欧**",
    "骑手 王小明, 王**",
    "骑手 023, *23",
    "骑手7, *7",
    "Rider 4711, *11",
    "Wang Wei, W.",
    "rider: Anna de Vries, V.",
    "R-17, *17",
    "小王骑车特别快的, 小**",
    "王小明1380, *80",
  })
  void customerIsToldEnoughToKnowTheRiderAndNoMore(String label, String shown) {
    assertThat(RiderName.masked(label)).isEqualTo(shown);
  }

  @Test
  void nothingIsMadeUpForARiderNobodyNamed() {
    assertThat(RiderName.masked(null)).isEmpty();
    assertThat(RiderName.masked("  ")).isEmpty();
    assertThat(RiderName.masked("骑手")).isEmpty();
  }
}
