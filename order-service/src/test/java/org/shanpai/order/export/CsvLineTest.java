package org.shanpai.order.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1", "-2", "@SUM(A1)", " =1", "\t=1", "＝1", "=cmd|' /C calc'!A0"})
  void formulaIsToldAsText(String cell) {
    assertThat(new CsvLine().text(cell).end()).startsWith("'");
  }

  @Test
  void cellsAreQuotedWhereTheyMustBe() {
    assertThat(new CsvLine().text("a,b").text("say \"x\"").text("plain").text(null).end())
        .isEqualTo("\"a,b\",\"say \"\"x\"\"\",plain,\r\n");
    assertThat(new CsvLine().text("=a,b").end()).isEqualTo("\"'=a,b\"\r\n");
  }

  @Test
  void numbersStayNumbers() {
    assertThat(new CsvLine().number(-5).money(-460L).money(1L).money(null).number(null).end())
        .isEqualTo("-5,-4.60,0.01,,\r\n");
  }
}
