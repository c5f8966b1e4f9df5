package org.shanpai.order.address;

import java.util.List;

/** Guesses at roads and named lanes. */
final class RoadLexer {

  private static final List<String> STRONG =
      List.of(
          "高速公路", "步行街", "公路", "马路", "环路", "国道", "省道", "大道", "大街", "胡同", "夹道", "正街", "后街", "路", "街",
          "巷");
  private static final List<String> WEAK =
      List.of("道", "条", "里", "坊", "弄", "径", "线", "塘", "浜", "港");
  private static final String SECTIONS = "东西南北中上下前后一二三四五六七八九十";
  private static final double[] NAME_LENGTH = {-4, -1.2, 0, 0, -0.3, -0.7, -1.3, -2.2};
  private static final int REACH = 11;

  private RoadLexer() {}

  static void read(PastedText text, Guesses guesses) {
    for (int i = 0; i < text.length(); i++) {
      if ((text.han(i) || text.at(i) == 'S' || text.at(i) == 'G' || text.digit(i))
          && !guesses.closed(i)) {
        from(text, guesses, i);
      }
    }
  }

  private static void from(PastedText text, Guesses guesses, int from) {
    double broken =
        (text.digit(from) || text.latin(from) ? -1 : 0) + RegionLexer.begins(text, from);
    for (int at = from + 1; at < Math.min(text.length(), from + REACH); at++) {
      if (text.gap(at) > PastedText.SPACE || guesses.closed(at)) {
        return;
      }
      boolean readable =
          text.han(at) || text.digit(at) && (text.digit(at - 1) || text.latin(at - 1));
      if (!readable) {
        return;
      }
      ending(text, guesses, from, at, broken);
      char c = text.at(at);
      if ("省市区县镇乡栋幢座室层村".indexOf(c) >= 0) {
        broken -= c == '村' ? 0.6 : 2.5;
      } else if ("号弄组".indexOf(c) >= 0) {
        broken -= 3;
      } else if ("路街巷".indexOf(c) >= 0) {
        broken -= 1.5;
      }
    }
  }

  private static void ending(PastedText text, Guesses guesses, int from, int at, double broken) {
    String strong = RegionLexer.startsWithOne(text, at, STRONG);
    String weak = strong == null ? RegionLexer.startsWithOne(text, at, WEAK) : null;
    if (strong == null && weak == null) {
      return;
    }
    int to = at + (strong == null ? weak : strong).length();
    if (text.at(to) == '道' && text.at(to - 1) == '街' && text.gap(to) == 0) {
      return;
    }
    if (strong == null && !numbered(text, to)) {
      return;
    }
    if ("巷坊弄里".indexOf(text.at(to - 1)) >= 0 && lane(text, from, at)) {
      return;
    }
    if ("巷坊排".indexOf(text.at(to - 1)) >= 0
        && broken < 0
        && Numerals.CHINESE.indexOf(text.at(at - 1)) >= 0) {
      // 老庄路南二巷 is a road and a numbered lane.
      return;
    }
    int name = Math.min(at - from, NAME_LENGTH.length - 1);
    double score =
        NAME_LENGTH[name]
            + (at - from >= NAME_LENGTH.length ? -1.0 * (at - from - NAME_LENGTH.length + 1) : 0)
            + (strong == null ? -0.6 : 1.0)
            + 0.8 * (to - from)
            + broken;
    if (text.gap(from) > 0 && at - from == 1) {
      score += 0.8;
    }
    if (text.at(to) == '口') {
      score -= 1.2;
    }
    if (numbered(text, to)) {
      score += 1.4;
    }
    int certainty = strong == null ? 70 : 92;
    guesses.add(AddressPart.ROAD, from, to, score, certainty);
    int section = section(text, to);
    if (section > to) {
      guesses.add(AddressPart.ROAD, from, section, score + 2.2, certainty);
    }
  }

  /** Whether it is a lane that has only a number, such as 三巷 or 南二巷. */
  private static boolean lane(PastedText text, int from, int at) {
    int i = from;
    if (i < at - 1 && "东南西北新".indexOf(text.at(i)) >= 0) {
      i++;
    }
    while (i < at && (text.digit(i) || Numerals.CHINESE.indexOf(text.at(i)) >= 0)) {
      i++;
    }
    return i == at;
  }

  /** Behind 北段, 三段, 芷泉段; {@code at} when there is none. */
  private static int section(PastedText text, int at) {
    if (at + 1 < text.length()
        && text.at(at + 1) == '段'
        && (SECTIONS.indexOf(text.at(at)) >= 0 || text.digit(at))) {
      return at + 2;
    }
    return at + 2 < text.length() && text.at(at + 2) == '段' && text.han(at) && text.han(at + 1)
        ? at + 3
        : at;
  }

  /** Whether a number of a house follows. */
  private static boolean numbered(PastedText text, int at) {
    int i = at;
    if (i < text.length() && "甲乙丙附".indexOf(text.at(i)) >= 0) {
      i++;
    }
    if (i >= text.length() || text.gap(i) > PastedText.SPACE) {
      return false;
    }
    int digits = i;
    while (digits < text.length()
        && digits < i + 5
        && (text.digit(digits) || Numerals.CHINESE.indexOf(text.at(digits)) >= 0)) {
      digits++;
    }
    if (digits == i) {
      return false;
    }
    char next = text.at(digits);
    return text.digit(i) || "号弄院甲乙-之".indexOf(next) >= 0;
  }
}
