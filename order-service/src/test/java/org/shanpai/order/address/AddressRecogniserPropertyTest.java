package org.shanpai.order.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What holds for any text. */
class AddressRecogniserPropertyTest {

  private static final String[] CRUMBS = {
    "上海市",
    "北京",
    "朝阳",
    "区",
    "路",
    "中山路",
    "号",
    "弄",
    "12",
    "3-2-1201",
    "栋",
    "A座",
    "单元",
    "楼",
    "室",
    "王先生",
    "13800001203",
    "+86",
    "转",
    "021-",
    " ",
    "，",
    "\n",
    "😀",
    "Rm",
    "小区",
    "大厦",
    "村",
    "组",
    "〇",
    "一二三",
    "（",
    "）",
    "收货人：",
    "放门口",
    "请",
    "#",
    "-",
    "·",
    "龘",
    "\u200d",
    "①",
    "㎡",
    "Ａ",
    "/F",
    "<b>",
    "𠮷",
    "镇",
    "街道",
    "e\u0301"
  };

  private final AddressRecogniser recogniser = new AddressRecogniser(new AdministrativeNames());

  private static String anyText(Random random) {
    StringBuilder text = new StringBuilder();
    int crumbs = random.nextInt(30);
    for (int i = 0; i < crumbs; i++) {
      text.append(CRUMBS[random.nextInt(CRUMBS.length)]);
    }
    return text.toString();
  }

  private static TreeSet<String> values(RecognisedAddress address) {
    TreeSet<String> values = new TreeSet<>();
    address.parts().forEach(part -> values.add(part.part() + "=" + part.value()));
    address.phones().forEach(phone -> values.add("PHONE=" + phone.number()));
    return values;
  }

  @Test
  void anyTextIsReadAndItsSpansLieInsideIt() {
    Random random = new Random(20261122);
    for (int run = 0; run < 3_000; run++) {
      String text = anyText(random);
      RecognisedAddress address = recogniser.recognise(text, run % 2 == 0);
      assertThat(address.confidence()).as(text).isBetween(0, 100);
      List<RecognisedPart> written =
          new ArrayList<>(address.parts().stream().filter(RecognisedPart::written).toList());
      written.sort(Comparator.comparingInt(RecognisedPart::start));
      int end = 0;
      for (RecognisedPart part : written) {
        assertThat(part.start()).as(text).isGreaterThanOrEqualTo(end);
        assertThat(part.end()).as(text).isGreaterThan(part.start());
        assertThat(text.substring(part.start(), part.end())).isEqualTo(part.text());
        assertThat(part.confidence()).as(text).isBetween(0, 100);
        end = part.end();
      }
      assertThat(end).isLessThanOrEqualTo(text.length());
      address
          .phones()
          .forEach(phone -> assertThat(phone.end()).isBetween(phone.start() + 1, text.length()));
    }
  }

  @Test
  void anyUnitsAtAllAreRead() {
    Random random = new Random(7);
    for (int run = 0; run < 1_000; run++) {
      char[] units = new char[random.nextInt(60)];
      for (int i = 0; i < units.length; i++) {
        units[i] = (char) random.nextInt(0x10000);
      }
      assertThat(recogniser.recognise(new String(units), true)).isNotNull();
    }
  }

  @Test
  void uniformTextSaysTheSame() {
    for (LabelledAddresses.Line line : LabelledAddresses.read()) {
      String uniform = PastedText.of(line.text()).uniform();
      assertThat(PastedText.of(uniform).uniform()).isEqualTo(uniform);
      assertThat(values(recogniser.recognise(uniform, true)))
          .as("line %d", line.id())
          .isEqualTo(values(recogniser.recognise(line.text(), true)));
    }
  }

  @Test
  void sameTextSaysTheSameTwice() {
    Random random = new Random(3);
    for (int run = 0; run < 300; run++) {
      String text = anyText(random);
      assertThat(recogniser.recognise(text, true)).isEqualTo(recogniser.recognise(text, true));
    }
  }

  @Test
  void orderOfNamePhoneAndAddressDoesNotMatter() {
    String[][] triples = {
      {"孟浩然", "13900001101", "湖北省襄阳市樊城区长征路88号汉水大厦B座1703室"},
      {"苏小姐", "021-55550102", "上海市徐汇区宛平南路381号5号楼602室"},
      {"欧阳修文", "+86 138 0000 1103", "江西省吉安市吉州区井冈山大道77号书香花园3栋2单元501"},
      {"老董", "400-800-1104", "北京市丰台区丰管路16号院9号楼1层102"},
      {"薛宝", "17000001105转6011", "江苏省苏州市姑苏区干将东路333号东吴公寓8幢404室"}
    };
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (String[] triple : triples) {
      for (String separator : new String[] {" ", "，", "\n"}) {
        TreeSet<String> first = null;
        for (int[] order : orders) {
          String text =
              triple[order[0]] + separator + triple[order[1]] + separator + triple[order[2]];
          TreeSet<String> values = values(recogniser.recognise(text, true));
          first = first == null ? values : first;
          assertThat(values).as(text).isEqualTo(first);
          assertThat(values).as(text).contains("NAME=" + triple[0]);
        }
      }
    }
  }

  @Test
  void timeGrowsWithTheLengthAndNotFaster() {
    String[] hostile = {
      "号", "路", "中", "1", "a", "1-", "小区", "上海市", "王先生", "12栋3单元", " 1", "放门口", "(", "一二三", "转1",
      "+86"
    };
    for (String crumb : hostile) {
      String half = crumb.repeat(1 + 500 / crumb.length()).substring(0, 500);
      String whole = half + half;
      recogniser.recognise(whole, true);
      long short1 = cpuNanos(half);
      long long1 = cpuNanos(whole);
      // Twice the text; a quadratic reader would need four times as long, a cubic one eight.
      assertThat(long1).as(crumb).isLessThan(Math.max(6 * short1, 400_000_000L));
    }
  }

  private long cpuNanos(String text) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      recogniser.recognise(text, true);
      least =
          Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
    }
    return least;
  }
}
