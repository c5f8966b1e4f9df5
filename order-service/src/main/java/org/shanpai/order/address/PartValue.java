package org.shanpai.order.address;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.shanpai.order.address.AdministrativeNames.Named;

/** The uniform value of a part: what two ways of writing the same thing have in common. */
final class PartValue {

  private static final Pattern ENGLISH_LEAD =
      Pattern.compile("^(?i:bldg|building|tower|block|blk|unit|floor|rm|room|apt|suite|ste|no)");
  private static final Pattern KIND =
      Pattern.compile(
          "(?:号宿舍楼|号写字楼|号办公楼|号教学楼|号公寓楼|号学生公寓|号楼|#楼|号馆|号厂房|号公寓|栋|幢|座|#|单元|单园|单员|单圆|门|楼|层|(?i:st|nd|rd|th)?(?i:floor|fl)"
              + "|[Ff]|号房|号室|号铺|号床|号档|室|房间|房|户|铺位|铺|档口|档|店面|柜台|柜|床位|床|寝室|寝|是|市|式|号|洞|动|搂)$");

  private PartValue() {}

  static String of(AddressPart part, String text, AdministrativeNames names) {
    return switch (part) {
      case PROVINCE, CITY, DISTRICT -> division(part, text, names);
      case NUMBER -> Numerals.withDigits(text);
      case BUILDING, UNIT, FLOOR, ROOM -> door(part, text);
      default -> text;
    };
  }

  private static String division(AddressPart part, String text, AdministrativeNames names) {
    String full = full(part, text, names.find(text));
    if (full != null) {
      return full;
    }
    // The ending was mistyped, such as 上海是.
    String stem = text.substring(0, text.length() - 1);
    full = full(part, stem, names.find(stem));
    return full == null ? text : full;
  }

  private static String full(AddressPart part, String text, List<Named> found) {
    return found.stream()
        .map(Named::division)
        .filter(division -> division.part() == part)
        .map(AdministrativeNames.Division::name)
        .findFirst()
        .orElseGet(
            () ->
                part == AddressPart.PROVINCE && !found.isEmpty()
                    ? found.get(0).division().name()
                    : null);
  }

  private static String door(AddressPart part, String text) {
    String value = ENGLISH_LEAD.matcher(text).replaceFirst("");
    Matcher kind = KIND.matcher(value);
    if (kind.find() && kind.start() > 0) {
      String stem = value.substring(0, kind.start());
      // 南楼 and 门诊楼 are names, 5号楼 is a number.
      if (numbered(stem)) {
        value = stem;
      }
    }
    value = Numerals.withDigits(value).toUpperCase(Locale.ROOT);
    if (part == AddressPart.FLOOR) {
      value = value.replaceFirst("^(?:负|地下|-)", "B");
    }
    return value;
  }

  private static boolean numbered(String stem) {
    return stem.chars()
        .allMatch(c -> c < 0x80 || Numerals.CHINESE.indexOf(c) >= 0 || "甲乙丙丁负地下-".indexOf(c) >= 0);
  }
}
