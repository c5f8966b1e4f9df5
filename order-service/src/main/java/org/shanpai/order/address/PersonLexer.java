package org.shanpai.order.address;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Guesses at labels and at the recipient's name. */
final class PersonLexer {

  private static final String SURNAMES =
      "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
          + "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段漕钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛"
          + "伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单"
          + "包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计"
          + "喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺水云麦权亓么綦逄矫"
          + "芮仝郗赫皮操操倉字刀火朴母代尚雷钮柰茅裘荀计浦昌戎郇撒樂区布尔那宿仉佘茹隆闻郏";
  private static final Set<String> COMPOUND =
      Set.of(
          "欧阳", "司徒", "上官", "诸葛", "司马", "皇甫", "端木", "东方", "慕容", "尉迟", "公孙", "令狐", "钮钴禄", "夏侯", "长孙",
          "宇文");

  private static final String TITLE =
      "(?:先生|女士|小姐姐?|太太|老师|同学|师傅|经理|总监|主任|护士|医生|教授|律师|老板娘?|大爷|大妈|大叔|大姐|大哥|大娘|阿姨|叔叔|爷爷|奶奶"
          + "|伯伯|老伯|掌柜|店长|助教|会计|师母|姑娘|妹子|总|姐|哥|工|姨|叔|婶|婆|伯|爷|妈|太|生|嫂|妹|弟|董)";

  private static final Pattern NAME_LABEL =
      Pattern.compile(
          "(?:收货人姓名|收件人姓名|收货人|收件人|联系人|收货信息|取件人|客户姓名|姓名|名字|(?i:name|consignee|recipient|attn))");
  private static final Pattern PHONE_LABEL =
      Pattern.compile(
          "(?:联系电话|手机号码|电话号码|手机号|联系方式|联系手机|座机|手机|电话是?|(?i:tel|telephone|mobile|phone))");
  private static final Pattern ADDRESS_LABEL =
      Pattern.compile(
          "(?:收货地址|收件地址|详细地址|送货地址|配送地址|所在地区|所在区域|地址|地区|(?i:address|addr|deliver\\s?to|shipto))");
  private static final Pattern REMARK_LABEL = Pattern.compile("(?:备注|留言|说明|(?i:note|remark)s?)");
  private static final Pattern COURTESY =
      Pattern.compile(
          "(?:你好|您好|麻烦师傅|麻烦您?|请送到|送到|同城急送|急送|送|帮我送|送一下|寄给|寄到|收件|亲收|代收|转交|我姓|我叫|找|收|谢谢您?|多谢|电话不变|老板|地址改一下|到了打|室内)");

  private static final Pattern NICKNAME =
      Pattern.compile(
          "(?:(?!老板|老师|老街|小区|小学|大厦|大学|大楼|大门|阿姨)[小老阿大][\\u4e00-\\u9fff]{1,2}|[\\u4e00-\\u9fff]{1,2}"
              + TITLE
              + ")");
  private static final Pattern ENGLISH =
      Pattern.compile(
          "(?:(?:Mr|Mrs|Ms|Miss|Dr)\\.?)?[A-Z]?[A-Za-z]{1,14}(?:[A-Z][a-z]{1,14})?(?:san)?");
  private static final Pattern HONORIFIC = Pattern.compile(TITLE);

  private static final Pattern DOOR_WORD =
      Pattern.compile(
          "(?i)(?:bldg|building|tower|block|blk|unit|floor|fl|rm|room|apt|suite|no|tel|near|opposite|mall|soho)\\w{0,2}");
  private static final String SHOP_ENDS = "行铺店馆厂档摊坊部柜间站库班街栈院";

  private PersonLexer() {}

  static void read(PastedText text, Guesses guesses) {
    Set<Integer> called = new HashSet<>();
    for (int i = 0; i < text.length(); i++) {
      if (!guesses.closed(i)) {
        labels(text, guesses, i, called);
      }
    }
    for (int i = 0; i < text.length(); i++) {
      if (!guesses.closed(i)) {
        if (text.han(i)) {
          chinese(text, guesses, i, called.contains(i));
        } else if (text.latin(i) && !(text.latin(i - 1) && text.gap(i) == 0)) {
          english(text, guesses, i, called.contains(i));
        }
      }
    }
  }

  private static void labels(PastedText text, Guesses guesses, int from, Set<Integer> called) {
    label(NAME_LABEL, text, guesses, from, 1.6, called);
    label(PHONE_LABEL, text, guesses, from, 1.6, null);
    label(ADDRESS_LABEL, text, guesses, from, 1.6, null);
    label(REMARK_LABEL, text, guesses, from, 1.6, null);
    Matcher courtesy = matcher(COURTESY, text, from, 8);
    if (courtesy.lookingAt()) {
      boolean bordered = guesses.border(from) || guesses.border(courtesy.end());
      double score = bordered ? 0.2 + 0.4 * (courtesy.end() - from) : -2.5;
      guesses.add(AddressPart.OTHER, from, courtesy.end(), score, 80);
      if ("我姓我叫寄给找".contains(courtesy.group()) && bordered) {
        called.add(courtesy.end());
      }
    }
  }

  private static void label(
      Pattern pattern,
      PastedText text,
      Guesses guesses,
      int from,
      double base,
      Set<Integer> called) {
    Matcher matcher = matcher(pattern, text, from, 14);
    if (!matcher.lookingAt()) {
      return;
    }
    int to = matcher.end();
    if (text.digit(to) && text.gap(to) == 0 && text.gap(to + 1) > 0 && !guesses.closed(to)) {
      // 电话1: …
      to++;
    }
    boolean marked =
        to < text.length() && (text.gap(to) > 0 || guesses.closed(to) || text.at(to) == '是');
    if (marked && guesses.border(from)) {
      guesses.add(AddressPart.OTHER, from, to, base + 0.8 * (to - from), 98);
      if (called != null) {
        called.add(to);
      }
    }
  }

  private static void chinese(PastedText text, Guesses guesses, int from, boolean called) {
    boolean opens = guesses.border(from);
    boolean phoneBefore = from > 0 && guesses.closed(from - 1);
    for (int length = 1; length <= 6 && from + length <= text.length(); length++) {
      int to = from + length;
      if (guesses.closed(to - 1) || length > 1 && text.gap(to - 1) > PastedText.SPACE) {
        return;
      }
      char last = text.at(to - 1);
      if (!text.han(to - 1) && last != '·' && last != '*' && !text.latin(to - 1)) {
        return;
      }
      boolean shop = from > 0 && SHOP_ENDS.indexOf(text.at(from - 1)) >= 0;
      boolean closes = guesses.border(to) || "收（(".indexOf(text.at(to)) >= 0;
      boolean phoneAfter = to < text.length() && guesses.closed(to);
      name(
          text,
          guesses,
          from,
          to,
          new Around(opens, closes, called, phoneBefore, phoneAfter, shop));
    }
  }

  /** What stands around a possible name. */
  private record Around(
      boolean opens,
      boolean closes,
      boolean called,
      boolean phoneBefore,
      boolean phoneAfter,
      boolean shop) {
    double bonus() {
      return (called ? 4.5 : 0) + (phoneBefore || phoneAfter ? 1.6 : 0);
    }
  }

  private static void name(PastedText text, Guesses guesses, int from, int to, Around around) {
    int length = to - from;
    String name = text.sub(from, to);
    int surname =
        length > 2 && COMPOUND.contains(name.substring(0, 2))
            ? 2
            : length > 3 && COMPOUND.contains(name.substring(0, 3))
                ? 3
                : SURNAMES.indexOf(name.charAt(0)) >= 0 ? 1 : 0;
    boolean both =
        (around.opens() || around.phoneBefore()) && (around.closes() || around.phoneAfter());
    if (titled(text, from, to, surname)) {
      double score =
          (around.opens() ? 2.2 : 0.4)
              + (around.closes() ? 0.8 : -0.8)
              + 0.5 * length
              + around.bonus();
      guesses.add(AddressPart.NAME, from, to, score, 92);
      if (!around.opens()) {
        guesses.nameStarts(from);
      }
      return;
    }
    boolean nickname = NICKNAME.matcher(text.text()).region(from, to).matches();
    boolean trade =
        "小老阿".indexOf(name.charAt(0)) >= 0
            && text.han(from - 1)
            && text.han(from - 2)
            && text.at(from - 1) != '家';
    if (!both && (around.shop() || trade) && around.closes() && nickname) {
      guesses.add(AddressPart.NAME, from, to, 0.8 + 0.45 * length + around.bonus(), 75);
      guesses.nameStarts(from);
      return;
    }
    if (!both) {
      if (surname > 0 && around.phoneAfter() && length - surname >= 1 && length - surname <= 2) {
        guesses.add(AddressPart.NAME, from, to, 0.6 + 0.4 * length + around.bonus(), 70);
      }
      return;
    }
    if (surname > 0 && length - surname <= 2 && length - surname >= 1) {
      guesses.add(AddressPart.NAME, from, to, 1.2 + 0.5 * length + around.bonus(), 85);
    } else if (surname > 0 && length == surname) {
      guesses.add(AddressPart.NAME, from, to, 0.2 + around.bonus(), 65);
    } else if (nickname) {
      guesses.add(AddressPart.NAME, from, to, 0.9 + 0.45 * length + around.bonus(), 80);
    } else if (length >= 2 && length <= 5) {
      boolean last = to == text.length() && length <= 3 && text.gap(from) > 0;
      double score =
          -1.2 + 0.3 * length + around.bonus() + (last ? 0.9 : 0) - (length > 3 ? 0.5 : 0);
      guesses.add(AddressPart.NAME, from, to, score, around.called() ? 85 : 60);
    }
  }

  /** 王先生, 欧阳女士, 陈小姐; one or two characters of a name and a title. */
  private static boolean titled(PastedText text, int from, int to, int surname) {
    for (int nameLength = Math.max(surname, 1);
        nameLength <= 3 && from + nameLength < to;
        nameLength++) {
      Matcher title = matcher(HONORIFIC, text, from + nameLength, 8).region(from + nameLength, to);
      if (title.matches()) {
        boolean brief = to - from - nameLength == 1;
        return surname > 0 ? !brief || nameLength == surname : !brief && nameLength <= 2;
      }
    }
    return false;
  }

  private static void english(PastedText text, Guesses guesses, int from, boolean called) {
    int to = from;
    int words = 0;
    while (to < text.length() && to - from < 24 && text.latin(to) && !guesses.closed(to)) {
      if (to > from && text.gap(to) > PastedText.SPACE) {
        break;
      }
      if (to == from || text.gap(to) == PastedText.SPACE) {
        words++;
        if (words > 3) {
          break;
        }
      }
      to++;
    }
    if (DOOR_WORD.matcher(text.sub(from, to)).matches()) {
      return;
    }
    if (to - from < 2 || !guesses.border(from) && from > 0) {
      return;
    }
    boolean phone =
        from > 0 && guesses.closed(from - 1) || to < text.length() && guesses.closed(to);
    boolean titled =
        ENGLISH.matcher(text.sub(from, to)).lookingAt()
            && text.sub(from, to).matches("(?:Mr|Mrs|Ms|Miss|Dr).+");
    if (guesses.border(to)) {
      double score =
          -0.2 + 0.15 * (to - from) + (phone ? 2 : 0) + (called ? 3 : 0) + (titled ? 2 : 0);
      guesses.add(AddressPart.NAME, from, to, score, titled || called ? 88 : 70);
    }
  }

  private static Matcher matcher(Pattern pattern, PastedText text, int from, int reach) {
    return pattern
        .matcher(text.text())
        .region(from, Math.min(text.length(), from + reach))
        .useTransparentBounds(true);
  }
}
