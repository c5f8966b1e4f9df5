package org.shanpai.order.address;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shanpai.order.address.AdministrativeNames.Named;

/** Guesses at provinces, cities, districts, towns and villages. */
final class RegionLexer {

  private static final String CITY_TYPOS = "是事士";
  private static final String DISTRICT_TYPOS = "去曲趋";
  private static final String PROVINCE_TYPOS = "身生盛";

  private static final List<String> TOWNS = List.of("街道办事处", "街道办", "街道", "镇", "乡", "苏木");
  private static final List<String> VILLAGES = List.of("自然村", "村委会", "居委会", "社区", "村", "屯", "寨");
  private static final String GROUPS = "组社队";

  /** Quarters that everybody calls by name and that stand where a town would. */
  private static final Map<Character, List<String>> QUARTERS =
      Stream.of(
              ("张江 陆家嘴 徐家汇 五角场 漕河泾 金桥 外高桥 花木 七宝 莘庄 虹桥 大虹桥 中山公园 人民广场 打浦桥 松江大学城 南翔 临港 中关村 五道口 望京 国贸"
                      + " 三里屯 回龙观 天通苑 西二旗 西三旗 上地 亦庄 双井 劲松 酒仙桥 公主坟 西直门 通州北关 燕郊 观音桥 解放碑 南坪 沙坪坝 杨家坪 大坪"
                      + " 石桥铺 李家沱 弹子石 磁器口 大竹林 照母山 冉家坝 江北嘴 化龙桥 北滨路 珠江新城 琶洲 大学城 客村 体育西 五山 岗顶 区庄 三元里 芳村"
                      + " 万博 科技园 后海 蛇口 华强北 车公庙 前海 白石洲 西丽 坂田 布吉 民治 沙井 春熙路 天府广场 玉林 光谷 街道口 徐东 汉口 小寨 钟楼"
                      + " 大唐不夜城 电子城 新街口 夫子庙 河西 仙林 湖滨 武林 黄龙 城西 钱江新城 下沙 五一广场 坡子街 二七广场 郑东 松山湖 大沙田 吉大 拱北"
                      + " 凤凰新城 曾厝垵 五缘湾 大学城北")
                  .split(" "))
          .collect(Collectors.groupingBy(quarter -> quarter.charAt(0)));

  private final AdministrativeNames names;

  RegionLexer(AdministrativeNames names) {
    this.names = names;
  }

  void read(PastedText text, Guesses guesses) {
    boolean[] ends = new boolean[text.length() + 1];
    for (int i = 0; i < text.length(); i++) {
      if (text.han(i) && !guesses.closed(i)) {
        divisions(text, guesses, i, ends);
        quarters(text, guesses, i, ends[i]);
        endings(text, guesses, i);
      }
    }
  }

  private void divisions(PastedText text, Guesses guesses, int from, boolean[] ends) {
    boolean led = text.gap(from) > 0 || ends[from] || guesses.border(from);
    for (int to = from + 2;
        to <= Math.min(text.length(), from + AdministrativeNames.LONGEST);
        to++) {
      if (!text.han(to - 1) || text.gap(to - 1) > PastedText.SPACE && to - 1 > from) {
        break;
      }
      List<Named> found = names.find(text.sub(from, to));
      boolean district = found.stream().anyMatch(n -> n.division().part() == AddressPart.DISTRICT);
      for (Named named : found) {
        division(text, guesses, named, from, to, led, ends, district);
      }
      if (ends[from] && to - from <= 5 && to - from >= 2 && "区县旗市".indexOf(text.at(to - 1)) >= 0) {
        guesses.add(AddressPart.DISTRICT, from, to, 0.3 + 0.75 * (to - from), 75);
        ends[to] = true;
      }
    }
  }

  private static void division(
      PastedText text,
      Guesses guesses,
      Named named,
      int from,
      int to,
      boolean led,
      boolean[] ends,
      boolean district) {
    AddressPart part = named.division().part();
    int length = to - from;
    if (named.full()) {
      guesses.add(part, from, to, 2 + 1.2 * length, 98);
      ends[to] = true;
      return;
    }
    // 北京 is a city before it is a province, 朝阳 a district before it is a city.
    double shared =
        part == AddressPart.PROVINCE && named.division().name().endsWith("市")
                || part == AddressPart.CITY && district
            ? 1
            : 0;
    String typos =
        switch (part) {
          case PROVINCE -> PROVINCE_TYPOS;
          case CITY -> CITY_TYPOS;
          default -> DISTRICT_TYPOS;
        };
    if (led && to < text.length() && text.gap(to) == 0 && typos.indexOf(text.at(to)) >= 0) {
      guesses.add(part, from, to + 1, 0.8 + 1.35 * length, 75);
      ends[to + 1] = true;
    }
    if (led) {
      guesses.add(
          part, from, to, 0.6 + 0.9 * length - shared, part == AddressPart.DISTRICT ? 80 : 90);
      ends[to] = true;
    } else if (part != AddressPart.DISTRICT) {
      guesses.add(part, from, to, 0.5 * length - 0.5, 70);
    }
  }

  private static void quarters(PastedText text, Guesses guesses, int from, boolean led) {
    for (String quarter : QUARTERS.getOrDefault(text.at(from), List.of())) {
      if (text.text().startsWith(quarter, from)) {
        double score = 0.2 + 0.6 * quarter.length() + (led ? 0.6 : 0);
        guesses.add(AddressPart.TOWN, from, from + quarter.length(), score, 80);
      }
    }
  }

  private static void endings(PastedText text, Guesses guesses, int from) {
    double broken = 0;
    for (int at = from + 1; at < Math.min(text.length(), from + 8); at++) {
      if (!text.han(at) || text.gap(at) > PastedText.SPACE) {
        return;
      }
      String town = startsWithOne(text, at, TOWNS);
      if (town != null) {
        int to = at + town.length();
        boolean ofRoad = "路街".indexOf(text.at(at - 1)) >= 0 && town.startsWith("街道");
        double whole =
            name(ofRoad ? at - from - 1 : at - from) + (ofRoad ? 2.2 : 0) + begins(text, from);
        if (!"镇乡".contains(town) || !startsRoad(text, to)) {
          guesses.add(AddressPart.TOWN, from, to, whole + 0.9 + 0.9 * (to - from) + broken, 90);
        }
      }
      String village = startsWithOne(text, at, VILLAGES);
      if (village != null) {
        int to = at + village.length();
        double score =
            name(at - from)
                + 0.5
                + 0.8 * (to - from)
                + broken
                - misread(text, to)
                + begins(text, from);
        guesses.add(AddressPart.VILLAGE, from, to, score, 82);
        int group = group(text, to);
        if (group > to) {
          guesses.add(AddressPart.VILLAGE, from, group, score + 0.8 * (group - to) + 0.5, 85);
        }
      }
      if ("省市区县镇乡路街巷号弄栋".indexOf(text.at(at)) >= 0) {
        broken -= "路街".indexOf(text.at(at)) >= 0 ? 0.9 : 2.5;
      }
    }
  }

  /** What a name pays that begins with what ends the one before it, such as 镇 or 街道. */
  static double begins(PastedText text, int from) {
    return from > 0
            && text.gap(from) == 0
            && text.han(from - 1)
            && "镇乡区市县路街号村口道".indexOf(text.at(from)) >= 0
        ? -1.5
        : 0;
  }

  private static double name(int length) {
    return length <= 1 ? -0.6 : length <= 3 ? 0 : -0.9 * (length - 3);
  }

  /** What makes the village part of another name. */
  private static double misread(PastedText text, int to) {
    if (to >= text.length() || text.gap(to) > 0) {
      return 0;
    }
    char next = text.at(to);
    return "路街大小花中".indexOf(next) >= 0 ? 1.6 : 0;
  }

  private static boolean startsRoad(PastedText text, int to) {
    return to < text.length() && text.gap(to) == 0 && "路街大镇".indexOf(text.at(to)) >= 0;
  }

  /** Behind 三组, 第5社 and the like; {@code at} when there is none. */
  private static int group(PastedText text, int at) {
    int i = at;
    if (text.at(i) == '第') {
      i++;
    }
    int numberAt = i;
    while (i < text.length()
        && i - numberAt < 3
        && text.gap(i) <= PastedText.SPACE
        && (text.digit(i) || Numerals.CHINESE.indexOf(text.at(i)) >= 0)) {
      i++;
    }
    boolean group =
        i > numberAt
            && i < text.length()
            && (GROUPS.indexOf(text.at(i)) >= 0 && !text.text().startsWith("社区", i)
                || text.at(i) == '区' && text.digit(i + 1));
    return group ? i + 1 : at;
  }

  static String startsWithOne(PastedText text, int at, List<String> endings) {
    for (String ending : endings) {
      if (text.text().startsWith(ending, at) && text.innerGap(at, at + ending.length()) == 0) {
        return ending;
      }
    }
    return null;
  }
}
