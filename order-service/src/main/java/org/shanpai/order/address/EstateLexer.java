package org.shanpai.order.address;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Guesses at estates, towers, campuses, hospitals and other places that go by a name: by what the
 * name ends with, and, with less trust, any chunk that stands where such a name would.
 */
final class EstateLexer {

  /** Where people live: a building and a room are needed to find a door. */
  static final List<String> HOMES =
      List.of(
          ("学生公寓 教师公寓 公寓 小区 花园 家园 嘉园 佳园 新村 新苑 花苑 雅苑 佳苑 名苑 名邸 公馆 华庭 豪庭 名庭 华府 御府 望府 学府"
                  + " 山庄 庄园 别墅 家属院 宿舍 大院 半岛 港湾 名都 新城 花城 人家 春天 印象 尚城 名城 城邦 上城 首府 悦府 国际城 生态城 世家 逸墅 艺墅"
                  + " 湾城 时代城 现代城 御城 里弄 东里 西里 南里 北里 中里 街坊 香港城")
              .split(" "));

  static final List<String> TOWERS =
      List.of(
          ("购物中心 国际中心 金融中心 商务中心 活动中心 中心 国际广场 时代广场 商业广场 万达广场 广场 大厦 商厦 大楼 写字楼 办公楼 SOHO 大酒店 酒店 宾馆 饭店"
                  + " 医院 卫生服务中心 医学中心 大学 学院 中学 小学 学校 幼儿园 校区 分校 科技园 软件园 产业园 工业园 创业园 创意园 科学园 商务园 产业基地 工业区"
                  + " 园区 基地 商场 商城 百货大楼 百货 市场 超市 火车站 汽车站 机场 图书馆 体育馆 博物馆 艺术馆 MALL Mall mall 天地 公园 客栈 民宿"
                  + " 会所 会馆 教堂 国际大厦 科技城 电子城 服装城 汽车城 皮革城 小商品城 博览城 总部 厂区 街区 商务楼 科技大厦 世贸 国际 环球 公社 驿站 智谷"
                  + " 夜市 电影院")
              .split(" "));

  private static final List<String> SHORT =
      List.of(
          "苑", "府", "庭", "湾", "城", "园", "里", "坊", "郡", "轩", "阁", "居", "墅", "邸", "庐", "厂", "院", "馆",
          "寺", "邨", "汇", "港", "台", "都");

  private static final Map<Character, List<String>> BY_FIRST =
      Stream.concat(HOMES.stream(), TOWERS.stream())
          .distinct()
          .collect(Collectors.groupingBy(ending -> ending.charAt(0)));

  private static final Pattern ZONE =
      Pattern.compile(
          "(?:(?:[一二三四五六七八九十]{1,3}|\\d{1,2}|[东南西北中])(?:期|区|苑|园|组团|校园)|[A-Z]区(?!\\d{3})|[东南西北]校区)");

  private static final Pattern NUMBERED_VILLAGE =
      Pattern.compile("[一二三四五六七八九十]{1,3}(?:村|区|里)(?![路街])");

  private static final Pattern DOOR_WORD =
      Pattern.compile("(?i)bldg|building|tower|block|blk|unit|floor|rm|room|apt|suite");

  private static final int REACH = 22;
  private static final int LONGEST_CHUNK = 12;

  private EstateLexer() {}

  static void read(PastedText text, Guesses guesses) {
    int[][] endings = new int[text.length()][];
    for (int i = 0; i < text.length(); i++) {
      endings[i] = endingsAt(text, i);
    }
    for (int i = 0; i < text.length(); i++) {
      if (!guesses.closed(i) && (text.han(i) || text.latin(i) || text.digit(i))) {
        named(text, guesses, i, endings);
        zone(text, guesses, i);
      }
    }
  }

  private static void named(PastedText text, Guesses guesses, int from, int[][] endings) {
    if (text.latin(from)
        && DOOR_WORD
            .matcher(text.text())
            .region(from, Math.min(text.length(), from + 9))
            .lookingAt()) {
      return;
    }
    double broken = (text.digit(from) ? -1.5 : 0) + RegionLexer.begins(text, from);
    if (text.digit(from) && text.digit(from - 1) && text.gap(from) == 0) {
      return;
    }
    if ("到在放请送找近与".indexOf(text.at(from)) >= 0) {
      broken -= 2;
    }
    int hans = 0;
    for (int at = from; at < Math.min(text.length(), from + REACH); at++) {
      if (guesses.closed(at) || at > from && text.gap(at) > PastedText.SPACE) {
        break;
      }
      char c = text.at(at);
      if (!text.han(at) && !text.latin(at) && !text.digit(at) && c != '·' && c != '&') {
        break;
      }
      if (text.han(at)) {
        hans++;
      }
      if (at > from) {
        endings(text, guesses, from, at, broken, endings[at]);
      }
      if (at + 1 > from + 1) {
        chunk(text, guesses, from, at + 1, hans, broken);
      }
      broken -= breaks(text, from, at);
    }
  }

  /** What makes a character unlikely inside a name. */
  private static double breaks(PastedText text, int from, int at) {
    char c = text.at(at);
    boolean counted =
        at > from && (text.digit(at - 1) || Numerals.CHINESE.indexOf(text.at(at - 1)) >= 0);
    if ("号栋幢弄座室楼层".indexOf(c) >= 0) {
      return counted ? 4 : "号弄".indexOf(c) >= 0 ? 2 : 0.5;
    }
    if (c == '单' && text.at(at + 1) == '元') {
      return 4;
    }
    if (c == '口' && at > from && "路街".indexOf(text.at(at - 1)) >= 0) {
      return 3;
    }
    if ("路街巷道".indexOf(c) >= 0) {
      return at == from ? 0 : 1.1;
    }
    if ("省市县镇乡区".indexOf(c) >= 0) {
      return at == from ? 0.3 : 1.2;
    }
    if (c == '村') {
      return 0.5;
    }
    return text.digit(at) ? 0.7 : 0;
  }

  /** The lengths of the endings of names that stand at a place. */
  private static int[] endingsAt(PastedText text, int at) {
    return BY_FIRST.getOrDefault(text.at(at), List.of()).stream()
        .filter(
            ending ->
                text.text().startsWith(ending, at) && text.innerGap(at, at + ending.length()) == 0)
        .mapToInt(String::length)
        .toArray();
  }

  private static void endings(
      PastedText text, Guesses guesses, int from, int at, double broken, int[] lengths) {
    for (int length : lengths) {
      int to = at + length;
      boolean road = to < text.length() && text.gap(to) == 0 && "路街".indexOf(text.at(to)) >= 0;
      double score = 1.0 + 0.78 * (to - from) + broken - tooLong(to - from) - (road ? 1.5 : 0);
      guesses.add(AddressPart.ESTATE, from, to, score, 90);
    }
    Matcher numbered = matcher(NUMBERED_VILLAGE, text, at);
    if (numbered.lookingAt()) {
      double score = 1.0 + 0.8 * (numbered.end() - from) + broken - tooLong(numbered.end() - from);
      guesses.add(AddressPart.ESTATE, from, numbered.end(), score, 88);
    }
    for (String ending : SHORT) {
      if (text.at(at) == ending.charAt(0)) {
        double brief = at - from == 1 ? -1 : 0;
        double score = brief - 0.2 + 0.72 * (at + 1 - from) + broken - tooLong(at + 1 - from);
        guesses.add(AddressPart.ESTATE, from, at + 1, score, 80);
      }
    }
  }

  private static double tooLong(int length) {
    return length > 12 ? 0.6 * (length - 12) : 0;
  }

  /** A name without an ending: only where something else begins behind it. */
  private static void chunk(
      PastedText text, Guesses guesses, int from, int to, int hans, double broken) {
    int length = to - from;
    if (length < 2 || length > LONGEST_CHUNK || hans == 0) {
      return;
    }
    boolean ends =
        guesses.border(to)
            || text.digit(to) && !text.digit(to - 1)
            || text.latin(to) && !text.latin(to - 1)
            || Numerals.CHINESE.indexOf(text.at(to)) >= 0
            || "负地甲乙东西南北主".indexOf(text.at(to)) >= 0;
    if (ends) {
      guesses.add(AddressPart.ESTATE, from, to, -1.3 + 0.38 * length + broken, 55);
    }
  }

  /** 二期, 东区, A区: joins the name before it. */
  private static void zone(PastedText text, Guesses guesses, int from) {
    Matcher zone = matcher(ZONE, text, from);
    boolean within = text.digit(from) && text.digit(from - 1) && text.gap(from) == 0;
    if (zone.lookingAt() && !within) {
      guesses.add(AddressPart.ESTATE, from, zone.end(), 0.2 + 0.75 * (zone.end() - from), 82);
    }
  }

  private static Matcher matcher(Pattern pattern, PastedText text, int from) {
    return pattern
        .matcher(text.text())
        .region(from, Math.min(text.length(), from + 8))
        .useTransparentBounds(true);
  }
}
