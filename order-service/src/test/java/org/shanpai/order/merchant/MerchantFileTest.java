package org.shanpai.order.merchant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.order.merchant.MerchantFile.Line;

class MerchantFileTest {

  @Test
  void quotedNamesKeepTheirCommasAndQuotes() {
    List<Line> lines =
        MerchantFile.parse("merchantId,name\nm-1,\"Tea, and \"\"more\"\"\"\n\nm-2, 晨光 \r\n");
    assertThat(lines).extracting(Line::name).containsExactly("Tea, and \"more\"", "晨光");
    assertThat(lines).extracting(Line::number).containsExactly(2, 4);
    assertThat(lines).noneMatch(Line::refused);
  }

  @Test
  void badLineIsReportedAndStopsNobody() {
    List<Line> lines =
        MerchantFile.parse(
            "merchantId,name\nm 1,x\nm-2\nm-3,\nm-4,\"open\nm-5,ok\nm-5,again\nm-6,a\u0000b");
    assertThat(lines)
        .extracting(Line::refused)
        .containsExactly(true, true, true, true, false, true, true);
    assertThat(lines.get(0).reason()).contains("MerchantId");
    assertThat(lines.get(1).reason()).contains("2 fields");
    assertThat(lines.get(2).reason()).contains("name");
    assertThat(lines.get(3).reason()).contains("quote");
    assertThat(lines.get(5).reason()).contains("twice");
    assertThat(lines.get(6).reason()).contains("control");
  }

  @Test
  void byteOrderMarkOfSpreadsheetsIsIgnored() {
    assertThat(MerchantFile.parse("\uFEFFmerchantId,name\nm-1,x")).hasSize(1);
  }

  @Test
  void fileWithAnotherHeadingIsRefusedAsAWhole() {
    assertThatThrownBy(() -> MerchantFile.parse("id;name\nm-1;x"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(422);
              assertThat(problem.getMessage()).contains("merchantId,name");
            });
    assertThatThrownBy(() -> MerchantFile.parse("")).isInstanceOf(Problem.class);
  }

  @Test
  void fileThatIsTooLongIsRefusedAsAWhole() {
    String text = "merchantId,name\n" + "m-1,x\n".repeat(MerchantFile.MOST_LINES + 1);
    assertThatThrownBy(() -> MerchantFile.parse(text))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("split");
  }
}
