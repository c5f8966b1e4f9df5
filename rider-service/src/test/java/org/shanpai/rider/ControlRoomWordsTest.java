package org.shanpai.rider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.shanpai.rider.appeal.Appeal;
import org.shanpai.rider.appeal.AppealState;
import org.shanpai.rider.campaign.Enrolment;
import org.shanpai.rider.earnings.EarningsLine;
import org.shanpai.rider.score.Exemption;
import org.shanpai.rider.score.RuleSet;
import org.shanpai.rider.score.RuleSetFixture;

/**
 * The control room has Chinese and English words for every code of the riders, and for no other.
 */
class ControlRoomWordsTest {

  private static final Path WORDS =
      Path.of("../control-room/src/main/resources/META-INF/resources/js/words.js");
  private static final Pattern ENTRY =
      Pattern.compile(
          "'([a-z]+)\\.([A-Z][A-Z0-9_]*)': \\['((?:[^'\\\\]|\\\\.)*)', '((?:[^'\\\\]|\\\\.)*)'\\]");
  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

  /** Codes of one kind with their words: Chinese, English. */
  private static Map<String, String[]> words(String kind) throws IOException {
    Map<String, String[]> found = new TreeMap<>();
    Matcher entry = ENTRY.matcher(Files.readString(WORDS));
    while (entry.find()) {
      if (entry.group(1).equals(kind)) {
        found.put(entry.group(2), new String[] {entry.group(3), entry.group(4)});
      }
    }
    return found;
  }

  private static void same(String kind, Collection<String> codes) throws IOException {
    Map<String, String[]> words = words(kind);
    assertThat(words.keySet())
        .as("words of '%s.…' in %s", kind, WORDS)
        .isEqualTo(new TreeSet<>(codes));
    words.forEach(
        (code, both) -> {
          assertThat(both[0]).as("%s.%s in Chinese", kind, code).containsPattern(CHINESE);
          assertThat(both[1]).as("%s.%s in English", kind, code).isNotBlank();
          assertThat(CHINESE.matcher(both[1]).find()).as("%s.%s is English", kind, code).isFalse();
        });
  }

  private static Collection<String> names(Enum<?>... codes) {
    return Arrays.stream(codes).map(Enum::name).collect(Collectors.toSet());
  }

  @Test
  void everyRuleAndEveryBandHasWords() throws IOException {
    RuleSet v1 = RuleSetFixture.v1();
    same("score", v1.rules().stream().map(RuleSet.Rule::rule).toList());
    same("band", v1.ladder().stream().map(RuleSet.Band::band).toList());
  }

  @Test
  void everyExemptionHasWords() throws IOException {
    same("exempt", names(Exemption.values()));
  }

  @Test
  void everyLineOfTheEarningsHasWords() throws IOException {
    same("earnings", names(EarningsLine.Kind.values()));
  }

  @Test
  void everyStateOfAnAppealAndEveryWayItWasDecidedHasWords() throws IOException {
    same("appeal", names(AppealState.values()));
    same("decided", names(Appeal.How.values()));
  }

  @Test
  void everyStateOfACampaignAndOfItsWeeksHasWords() throws IOException {
    same("campaign", names(Enrolment.State.values()));
    same("week", Stream.of("MET", "FROZEN", "MISSED").toList());
  }
}
