package org.shanpai.city.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shanpai.city.api.Wire;

class RiderBookTest {

  private final RiderBook book = new RiderBook();
  private final List<JsonNode> ledger = new ArrayList<>();
  private final List<String> explained = new ArrayList<>();

  private static JsonNode json(String text) {
    try {
      return Wire.JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void row(String id, String order, String rule, int points, String back, String effect) {
    String entry =
        "{'entryId':'%s','subject':'%s','orderId':'%s','rule':'%s','group':'G','revision':%d,'milliPoints':%d,'businessDate':'2026-11-24','occurredAt':'2026-11-24T04:00:00Z','en':'Words','zh':'字','facts':{},'takesBack':%s}"
            .formatted(
                id,
                order,
                order,
                rule,
                rule.equals("SM1") && effect != null ? 2 : 1,
                points,
                back == null ? "null" : "'" + back + "'");
    ledger.add(json(entry));
    if (effect != null) {
      explained.add("{'entry':%s,'effect':'%s'}".formatted(entry, effect));
    }
  }

  private void read(int score, int smooth, String appeals, String earnings) {
    book.joined("r-1", 500);
    List<JsonNode> filed = new ArrayList<>();
    json(appeals).forEach(filed::add);
    book.read(
        "r-1",
        ledger,
        json(
            "{'score':{'scoreMilliPoints':%d,'levelScoreMilliPoints':%d,'businessDate':'2026-11-24','level':{'waiversPerWeek':0}},'entries':[%s],'smoothOrders':%d}"
                .formatted(score, score, String.join(",", explained), smooth)),
        filed,
        json(earnings));
  }

  private static final String NOTHING = "{'balanceFen':0,'lines':[]}";

  @Test
  void scoreThatTheLedgerMakesIsRight() {
    row("se-1", "o-1", "SM1", 100, null, null);
    row("se-2", "o-2", "OT2", -2_000, null, "COUNTS");
    read(68_100, 1, "[]", NOTHING);
    assertThat(book.right()).isTrue();
    assertThat(book.scoresChecked()).isEqualTo(1);
    read(68_200, 1, "[]", NOTHING);
    assertThat(book.scoresAmiss()).hasSize(2).allMatch(line -> line.contains("makes 68100"));
  }

  @Test
  void rowThatTheExplanationLeavesOutIsAmiss() {
    row("se-1", "o-1", "OT2", -2_000, null, null);
    read(68_000, 0, "[]", NOTHING);
    assertThat(book.explanationsAmiss()).singleElement().asString().contains("does not name");
    explained.clear();
    ledger.clear();
    row("se-1", "o-1", "OT2", -2_000, null, "WAIVED_LEVEL");
    read(68_000, 1, "[]", NOTHING);
    assertThat(book.explanationsAmiss()).singleElement().asString().contains("counts 1 good");
  }

  @Test
  void upheldAppealBringsThePointsBackAndTheOrderCountsAsGood() {
    row("se-1", "o-1", "OT2", -2_000, null, "TAKEN_BACK");
    String accepted = "[{'appealId':'ap-1','entryId':'se-1','state':'ACCEPTED','stayed':false}]";
    read(68_000, 0, accepted, NOTHING);
    assertThat(book.appealsAmiss()).singleElement().asString().contains("0 mp came back");
    row("se-2", "o-1", "OT2", 2_000, "se-1", "TAKES_BACK");
    read(70_000, 0, accepted, NOTHING);
    assertThat(book.appealsAmiss()).singleElement().asString().contains("delivered well");
    row("se-3", "o-1", "SM1", 100, null, "COUNTS");
    read(70_100, 0, accepted, NOTHING);
    assertThat(book.right()).isTrue();
  }

  @Test
  void rejectedAppealLeavesTheDeduction() {
    row("se-1", "o-1", "OT2", -2_000, null, "TAKEN_BACK");
    row("se-2", "o-1", "OT2", 2_000, "se-1", "TAKES_BACK");
    read(70_000, 0, "[{'appealId':'a','entryId':'se-1','state':'REJECTED'}]", NOTHING);
    assertThat(book.appealsAmiss()).singleElement().asString().contains("is gone");
  }

  @Test
  void payIsWhatTheOfferSaidHoweverLateTheOrder() {
    book.promised("r-1", List.of("j-1"), 650);
    book.promised("r-1", List.of("j-2"), 650);
    book.delivered("r-1", "j-1");
    book.delivered("r-1", "j-2");
    String line = "{'jobId':'%s','kind':'%s','amountFen':%d}";
    String first = line.formatted("j-1", "BASE", 650);
    String second =
        line.formatted("j-2", "BASE", 400) + "," + line.formatted("j-2", "DISTANCE", 250);
    read(70_000, 0, "[]", "{'balanceFen':1300,'lines':[" + first + "," + second + "]}");
    assertThat(book.earningsAmiss()).isEmpty();
    String late = line.formatted("j-2", "BASE", 450);
    read(70_000, 0, "[]", "{'balanceFen':1100,'lines':[" + first + "," + late + "]}");
    assertThat(book.earningsAmiss())
        .anyMatch(said -> said.contains("was told 650 fen for [j-2] and got 450"))
        .anyMatch(said -> said.contains("Orders for 650 fen, late or not, paid"));
  }

  @Test
  void noLineTakesMoney() {
    read(
        70_000,
        0,
        "[]",
        "{'balanceFen':-200,'lines':[{'jobId':'j-1','kind':'TIP','amountFen':-200}]}");
    assertThat(book.earningsAmiss()).singleElement().asString().contains("takes money");
    read(70_000, 0, "[]", "{'balanceFen':5,'lines':[]}");
    assertThat(book.earningsAmiss()).singleElement().asString().contains("told are 5");
  }
}
