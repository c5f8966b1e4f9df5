package org.shanpai.order.address;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.shanpai.order.address.Guess.Piece;

/** Guesses at numbers, buildings, units, floors and rooms, and at shorthands such as 3-2-1201. */
final class DoorLexer {

  private static final int REACH = 26;

  private static final String CN = "[〇零一二三四五六七八九十百两]";
  private static final String N = "(?:\\d{1,5}|" + CN + "{1,5})";
  private static final String ID = "(?:[A-Za-z]?\\d{1,4}[A-Za-z]?|" + CN + "{1,4}|[A-Z])";
  private static final String STEM = "[甲乙丙丁]";
  private static final String WING = "(?:[A-Z东西南北中]\\d?(?:座|塔|栋|区|楼)(?!\\d{4}))?";

  /** One form a part is written in. */
  private record Form(AddressPart part, Pattern pattern, double base, double each, int certainty) {
    Form(AddressPart part, String pattern, double base, double each, int certainty) {
      this(part, Pattern.compile(pattern), base, each, certainty);
    }
  }

  private static final List<Form> FORMS =
      List.of(
          new Form(
              AddressPart.NUMBER, STEM + "?" + N + STEM + "?号(?:大院|院)" + STEM + "?", 2.2, 0.6, 95),
          new Form(
              AddressPart.NUMBER,
              N + "弄(?:" + N + "支弄)?(?:" + N + "号(?!楼|院|线)" + STEM + "?)?",
              2.2,
              0.6,
              95),
          new Form(AddressPart.NUMBER, N + "弄", 1.6, 0.6, 95),
          new Form(
              AddressPart.NUMBER,
              "(?:"
                  + STEM
                  + "字?)?"
                  + N
                  + "(?:[-之]"
                  + N
                  + ")?"
                  + STEM
                  + "?号(?!楼|线|门|馆|厂房|公寓|宿舍|舍|写字楼|办公楼|学生|教学|店|岗|桥|院|房(?!地|产)|室|铺|床|柜)"
                  + "(?:之"
                  + N
                  + "|附"
                  + N
                  + "号|"
                  + STEM
                  + "(?![座栋幢楼单]))?",
              1.5,
              0.6,
              92),
          new Form(
              AddressPart.NUMBER,
              "[东南西北新]?" + N + "(?:横巷|巷|坊|排|街|里)(?:" + N + "号(?:之" + N + ")?)?",
              0.9,
              0.6,
              85),
          new Form(AddressPart.NUMBER, N + "区" + N + "排" + N + "号", 3.0, 0.6, 85),
          new Form(AddressPart.NUMBER, "[Nn][Oo]\\d{1,5}", 1.5, 0.6, 85),
          new Form(AddressPart.NUMBER, "附" + N + "号", 1.2, 0.6, 85),
          new Form(
              AddressPart.BUILDING,
              STEM
                  + "?"
                  + ID
                  + STEM
                  + "?(?:栋|幢|号楼|#楼|号宿舍楼|宿舍楼|号学生公寓|学生公寓|号公寓楼|号公寓|公寓"
                  + "|号写字楼|写字楼|号办公楼|号教学楼|号厂房|厂房|号馆)"
                  + WING,
              1.9,
              0.6,
              95),
          new Form(AddressPart.BUILDING, STEM + "(?:栋|幢|座|号楼)", 1.7, 0.6, 90),
          new Form(AddressPart.BUILDING, "\\d{1,3}[甲乙丙丁]楼", 1.7, 0.6, 88),
          new Form(AddressPart.BUILDING, ID + "(?:座|#)" + WING, 1.7, 0.6, 93),
          new Form(AddressPart.BUILDING, ID + "(?:塔|馆|舍|斋)(?![\\u4e00-\\u9fff])", 1.2, 0.6, 85),
          new Form(AddressPart.BUILDING, "[一二三四五六七八九十\\d]{1,3}(?:舍|公寓)", 1.2, 0.6, 85),
          new Form(AddressPart.BUILDING, "[A-Z]\\d{0,2}(?:馆|塔|楼|号楼|栋|幢)" + WING, 1.7, 0.6, 90),
          new Form(AddressPart.BUILDING, "[东南西北中主副裙](?:楼|塔|座|大楼)", 1.5, 0.6, 88),
          new Form(
              AddressPart.BUILDING,
              "(?:第[一二三四五六七八九十]|[东南西北新老])?(?:门诊|住院|外科|内科|急诊|医技|教学|实验|行政|办公|综合|科研|图书|理科|文科|工科|学生|宿舍|新闻)"
                  + "(?:大楼|楼|部|大厦)"
                  + WING,
              1.6,
              0.6,
              88),
          new Form(
              AddressPart.BUILDING,
              "(?!" + CN + "+楼)[\\u4e00-\\u9fff]{2,4}(?:楼|大楼)(?!层|下|上|梯)",
              -1.5,
              0.6,
              60),
          new Form(AddressPart.BUILDING, N + "(?:洞|动|冻)(?=" + N + "单元|\\d{3})", 1.0, 0.6, 70),
          new Form(AddressPart.BUILDING, N + "号(?:搂|娄)", 1.2, 0.6, 75),
          new Form(AddressPart.BUILDING, "(?:写字|办公|宿舍|主|裙|副|附)楼", 1.1, 0.6, 85),
          new Form(AddressPart.BUILDING, "[一二三四五六]教(?:学楼)?(?!室|师|授)", 0.9, 0.6, 75),
          new Form(AddressPart.BUILDING, "[东南西北]馆", 1.0, 0.6, 75),
          new Form(AddressPart.BUILDING, "[A-Z]\\d{1,2}[A-Z]座", 2.0, 0.6, 88),
          new Form(AddressPart.BUILDING, N + "楼(?=" + N + "(?:门|单元))", 2.0, 0.6, 85),
          new Form(AddressPart.BUILDING, "T\\d{1,2}(?!\\d)(?:座|栋|楼)?" + WING, 1.4, 0.6, 90),
          new Form(AddressPart.BUILDING, "[A-Z]\\d{1,2}(?![\\d室房铺档A-Z])", 0.4, 0.6, 75),
          new Form(
              AddressPart.BUILDING,
              "(?i:bldg|building|tower|block|blk)(?:[A-Z]\\d?|\\d{1,3}[A-Z]?)(?![A-Za-z])",
              2.4,
              0.5,
              92),
          new Form(
              AddressPart.BUILDING,
              STEM + "?" + N + "号(?!楼|线|门|院|馆|店|岗|桥|房(?!地|产)|室|铺|床|柜|弄|厂|公|宿|舍|写|学)",
              0.9,
              0.6,
              80),
          new Form(AddressPart.BUILDING, N + "楼(?!下|上|梯)", 0.2, 0.6, 70),
          new Form(AddressPart.BUILDING, "\\d{3}楼(?!下|上|梯)", 1.8, 0.6, 85),
          new Form(AddressPart.BUILDING, ID + "区(?=" + N + "[栋幢号座#])", -0.2, 0.6, 60),
          new Form(
              AddressPart.UNIT, "(?:" + ID + "|[甲乙丙丁东西南北中左右])(?:单元|単元|单园|单员|单圆|单源)", 1.9, 0.6, 95),
          new Form(
              AddressPart.UNIT, "(?:" + N + "|[甲乙丙丁])门(?!口|卫|诊|岗|市|铃|禁|牌|店|外|前)", 1.0, 0.6, 82),
          new Form(AddressPart.UNIT, "(?i:unit)\\d{1,2}(?!\\d)", 2.0, 0.5, 90),
          new Form(
              AddressPart.FLOOR,
              "(?:负|地下|B|b|-(?=[1-3][楼层]))?" + N + "(?:楼|层)(?!下|上|梯|半)",
              1.0,
              0.6,
              90),
          new Form(AddressPart.FLOOR, "(?:B|-(?=[1-3]F))?\\d{1,3}[Ff](?![A-Za-z])", 1.4, 0.6, 90),
          new Form(AddressPart.FLOOR, "\\d{1,2}-\\d{1,2}(?:楼|层|F)", 2.0, 0.6, 88),
          new Form(AddressPart.FLOOR, "(?:B|L|LG|UG|M)\\d?(?:层|楼)", 1.4, 0.6, 88),
          new Form(AddressPart.FLOOR, "[BL]\\d(?![\\dA-Za-z室房铺栋座幢])", 1.0, 0.6, 80),
          new Form(AddressPart.FLOOR, "(?:顶|底)(?:楼|层)", 1.2, 0.6, 85),
          new Form(
              AddressPart.FLOOR, "\\d{1,2}(?:st|nd|rd|th)?(?i:floor|fl)(?![A-Za-z])", 1.8, 0.5, 90),
          new Form(AddressPart.FLOOR, "(?i:floor)\\d{1,2}", 1.8, 0.5, 90),
          new Form(
              AddressPart.ROOM,
              "[A-Za-z]{0,2}\\d{1,5}[A-Za-z]?\\d{0,2}(?:-[A-Z]?\\d{1,4}[A-Z]?)?(?:号)?"
                  + "(?:办公室|室(?!内)|房间|房(?!地|产)|户|铺位|铺|档口|档|店面|柜台|柜|床位|床|寝室|寝|单位|卡座)",
              1.8,
              0.6,
              93),
          new Form(AddressPart.ROOM, CN + "{1,5}号?(?:室(?!内)|房间|房(?!地|产)|户|床|铺)", 1.6, 0.6, 90),
          new Form(AddressPart.ROOM, "[A-Z]区-?[A-Z]?\\d{2,4}", 1.8, 0.6, 85),
          new Form(AddressPart.ROOM, "[A-Z](?:室|座|单位|户)", 0.8, 0.6, 78),
          new Form(AddressPart.ROOM, "[东西中南北左右](?:户|室|门)(?!口)", 0.9, 0.6, 80),
          new Form(AddressPart.ROOM, "\\d{3,5}[A-Z]?", 0.7, 0.5, 82),
          new Form(AddressPart.ROOM, "\\d{1,2}(?:[A-EG-Z]\\d{0,3}|F\\d{1,3})", 0.7, 0.5, 80),
          new Form(AddressPart.ROOM, "[A-Z]{1,2}\\d{3,4}[A-Z]?", 0.9, 0.5, 82),
          new Form(AddressPart.ROOM, "[A-Z]\\d{1,2}", -0.4, 0.5, 60),
          new Form(AddressPart.ROOM, "[A-Z]", -0.5, 0.5, 55),
          new Form(AddressPart.ROOM, "\\d{3,4}-\\d{3,4}(?:室|房)?", 2.0, 0.5, 85),
          new Form(AddressPart.ROOM, "\\d{1,2}-\\d{1,2}(?:室|号|户)?", 1.0, 0.6, 78),
          new Form(AddressPart.ROOM, "[〇零一二三四五六七八九]{3,4}", 0.8, 0.6, 80),
          new Form(AddressPart.ROOM, "\\d{3,4}(?:是|市|式|事|适)", 0.3, 0.55, 60),
          new Form(
              AddressPart.ROOM,
              "(?i:rm|room|apt|suite|ste)(?:[A-Z]?\\d{1,4}[A-Z]?)(?![A-Za-z])",
              2.4,
              0.5,
              92),
          new Form(AddressPart.ROOM, N + "号(?!楼|线|门|院|馆|店|岗|桥|弄|厂|公|宿|舍|写|学)", 0.6, 0.6, 72));

  private static final Pattern FOUR =
      Pattern.compile("(" + ID + ")-(\\d{1,2})-(\\d{1,2})-(\\d{1,4}[A-Z]?)(?:室|号)?");
  private static final Pattern THREE =
      Pattern.compile(
          "(" + ID + "(?:栋|幢|座|号楼|#)?)-(\\d{1,2}(?:单元)?|[A-Z])-(\\d{1,5}[A-Z]?)(?:室|号)?");
  private static final Pattern TWO =
      Pattern.compile("(" + ID + "(?:栋|幢|座|号楼|#|单元)?)-([A-Z]?\\d{3,4}[A-Z]?)(?:室|号)?");
  private static final Pattern TO_UNIT =
      Pattern.compile("(" + ID + "(?:栋|幢|座|号楼|#)?)-([A-Z]?\\d{1,2}单元)");
  private static final Pattern LETTERED = Pattern.compile("([A-Z]\\d)(\\d{1,2}(?:F|楼|层))");
  private static final Pattern HOUSE_AND_ROOM = Pattern.compile("(\\d{1,3}楼)(\\d{3,4})");
  private static final Pattern TO_FLOOR =
      Pattern.compile("([A-Z]\\d{0,2}(?:座|栋)?)-((?:B|-)?\\d{1,2}(?:F|楼|层))");

  private static final List<List<Form>> ASCII = new ArrayList<>();
  // Every character that a form names; any other Han character can begin the same forms.
  private static final Map<Character, List<Form>> NAMED = new HashMap<>();
  private static final List<Form> ANY_HAN;

  static {
    for (char c = 0; c < 0x80; c++) {
      ASCII.add(possible(c));
    }
    for (Form form : FORMS) {
      for (char c : form.pattern().pattern().toCharArray()) {
        if (c >= 0x80) {
          NAMED.computeIfAbsent(c, DoorLexer::possible);
        }
      }
    }
    ANY_HAN = possible('龘');
  }

  private DoorLexer() {}

  static void read(PastedText text, Guesses guesses) {
    for (int i = 0; i < text.length(); i++) {
      if (guesses.closed(i) || inRun(text, i)) {
        continue;
      }
      int first = nextGap(text, i);
      within(text, guesses, i, first);
      if (first < text.length() && text.gap(first) == PastedText.SPACE) {
        within(text, guesses, i, nextGap(text, first));
      }
    }
  }

  /** The forms that a character can begin; most characters begin few. */
  private static List<Form> beginningWith(char c) {
    return c < 0x80 ? ASCII.get(c) : NAMED.getOrDefault(c, ANY_HAN);
  }

  private static List<Form> possible(char c) {
    String one = String.valueOf(c);
    List<Form> possible = new ArrayList<>();
    for (Form form : FORMS) {
      Matcher matcher = form.pattern().matcher(one);
      if (matcher.lookingAt() || matcher.hitEnd()) {
        possible.add(form);
      }
    }
    return List.copyOf(possible);
  }

  private static int nextGap(PastedText text, int from) {
    int at = from + 1;
    while (at < text.length() && at < from + REACH && text.gap(at) == 0) {
      at++;
    }
    return at;
  }

  private static boolean inRun(PastedText text, int i) {
    return i > 0
        && text.gap(i) == 0
        && (text.digit(i) && text.digit(i - 1) || text.latin(i) && text.latin(i - 1));
  }

  private static void within(PastedText text, Guesses guesses, int from, int limit) {
    int to = Math.min(limit, from + REACH);
    for (Form form : beginningWith(text.at(from))) {
      Matcher matcher = matcher(form.pattern(), text, from, to);
      if (matcher.lookingAt() && !cut(text, matcher.end())) {
        int length = matcher.end() - from;
        double score = form.base() + form.each() * length;
        guesses.add(form.part(), from, matcher.end(), score, form.certainty());
      }
    }
    houseAndRoom(text, guesses, from, to);
    shorthands(text, guesses, from, to);
  }

  /** 19楼1404: were 19 a floor, its rooms would begin with 19, so it is a house. */
  private static void houseAndRoom(PastedText text, Guesses guesses, int from, int to) {
    Matcher both = matcher(HOUSE_AND_ROOM, text, from, to);
    if (both.lookingAt()) {
      String house = both.group(1).substring(0, both.group(1).length() - 1);
      if (!both.group(2).startsWith(house) && !both.group(2).startsWith("0" + house)) {
        pieces(text, guesses, both, 4.8, 82, AddressPart.BUILDING, AddressPart.ROOM);
      }
    }
  }

  private static Matcher matcher(Pattern pattern, PastedText text, int from, int to) {
    return pattern.matcher(text.text()).region(from, to);
  }

  /** Whether a match ends in the middle of a run of digits or letters. */
  private static boolean cut(PastedText text, int end) {
    return end < text.length()
        && text.gap(end) == 0
        && (text.digit(end) && text.digit(end - 1)
            || text.latin(end) && text.latin(end - 1)
            || text.at(end) == '-' && text.digit(end - 1) && text.digit(end + 1));
  }

  private static void shorthands(PastedText text, Guesses guesses, int from, int to) {
    pieces(
        text,
        guesses,
        matcher(FOUR, text, from, to),
        5.5,
        88,
        AddressPart.BUILDING,
        AddressPart.UNIT,
        AddressPart.FLOOR,
        AddressPart.ROOM);
    Matcher three = matcher(THREE, text, from, to);
    if (three.lookingAt()) {
      boolean door = three.group(3).length() >= 3;
      if (door) {
        pieces(
            text,
            guesses,
            three,
            5.0,
            90,
            AddressPart.BUILDING,
            AddressPart.UNIT,
            AddressPart.ROOM);
      } else {
        pieces(
            text, guesses, three, 4.2, 70, AddressPart.UNIT, AddressPart.FLOOR, AddressPart.ROOM);
      }
    }
    pieces(
        text,
        guesses,
        matcher(TWO, text, from, to),
        3.6,
        85,
        AddressPart.BUILDING,
        AddressPart.ROOM);
    pieces(
        text, guesses, matcher(TWO, text, from, to), 3.3, 85, AddressPart.UNIT, AddressPart.ROOM);
    pieces(
        text,
        guesses,
        matcher(LETTERED, text, from, to),
        3.2,
        80,
        AddressPart.BUILDING,
        AddressPart.FLOOR);
    pieces(
        text,
        guesses,
        matcher(TO_UNIT, text, from, to),
        3.8,
        85,
        AddressPart.BUILDING,
        AddressPart.UNIT);
    pieces(
        text,
        guesses,
        matcher(TO_FLOOR, text, from, to),
        3.4,
        85,
        AddressPart.BUILDING,
        AddressPart.FLOOR);
  }

  private static void pieces(
      PastedText text,
      Guesses guesses,
      Matcher matcher,
      double score,
      int certainty,
      AddressPart... parts) {
    if (!matcher.lookingAt() || cut(text, matcher.end())) {
      return;
    }
    List<Piece> pieces = new ArrayList<>();
    for (int g = 1; g <= parts.length; g++) {
      int end = g == parts.length ? matcher.end() : matcher.end(g);
      pieces.add(new Piece(parts[g - 1], matcher.start(g), end));
    }
    int length = matcher.end() - matcher.start();
    guesses.add(new Guess(matcher.start(), matcher.end(), pieces, score + 0.2 * length, certainty));
  }
}
