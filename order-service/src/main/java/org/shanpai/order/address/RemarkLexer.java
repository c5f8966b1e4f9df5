package org.shanpai.order.address;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Guesses at landmarks, instructions for the rider, and firms named behind the door. */
final class RemarkLexer {

  private static final Pattern SIGNS =
      Pattern.compile(
          "门口|门岗|门卫|门禁|保安|前台|柜台|对面|斜对面|旁边|旁|隔壁|附近|楼下|楼上|后面|前面|里面|下面|上面|中间|背后|路口|交叉口|出口|入口|拐角|转角|牌坊|后门|侧门|正门|大门"
              + "|[东南西北]\\d?门|\\d号门|[A-Z]门|快递|丰巢|菜鸟|驿站|外卖柜|自取|鞋柜|鞋架|放|请|麻烦|别|不要|勿|敲门|按铃|按门铃|密码|电梯|打电话|致电|联系|电话|短信|刷卡|谢谢"
              + "|轻拿|小心|易碎|蛋糕|代收|转交|签收|收发室|传达室|上楼|下楼|左手|右手|左转|右转|直走|进去|进来|往南|往北|往东|往西|米|后院|地铁|停车场|卸货|收货区|立交桥"
              + "|公司|通道|病房|科室?|专柜|作坊|酒坊|[店铺行摊]$|店|街口|办公室|财务部|行政|电子|店铺|便利店|超市|餐厅|茶馆|咖啡|服务台|收银|护士站|大厅|大堂|摊|档|隔两间|那家|那栋|那间|红房子|蓝色|铁门|(?i:near|opposite|please|leave|call)");

  private static final Pattern OPENERS =
      Pattern.compile(
          "(?:[东南西北]{1,2}\\d?门|门口|门岗|门卫|后门|正门|侧门|大门|\\d号门|[A-Z]门|旁边|旁|隔壁|对面|斜对面|后面|前面|楼下|前台|请|放|麻烦|别|到|与|靠近|近"
              + "|[\\u4e00-\\u9fff]{2,6}[路街]口|[\\u4e00-\\u9fff]{2,6}(?:斜对面|对面|旁边|旁|隔壁|后面))");

  private static final Pattern LANDMARK =
      Pattern.compile("[\\u4e00-\\u9fff]{2,6}(?:斜对面|对面|旁边|隔壁|后面)");

  private static final String BEHIND = "号室楼层座栋幢元房厦场心院学店馆苑园城府湾广汇";
  private static final int REACH = 40;

  private RemarkLexer() {}

  static void read(PastedText text, Guesses guesses) {
    int[] signs = new int[text.length() + 1];
    Matcher matcher = SIGNS.matcher(text.text());
    while (matcher.find()) {
      signs[matcher.end()]++;
    }
    for (int i = 0; i < signs.length - 1; i++) {
      signs[i + 1] += signs[i];
    }
    for (int i = 0; i < text.length(); i++) {
      if (!guesses.closed(i)) {
        from(text, guesses, i, signs);
      }
    }
  }

  private static void from(PastedText text, Guesses guesses, int from, int[] signs) {
    boolean border = guesses.border(from);
    boolean opener =
        OPENERS.matcher(text.text()).region(from, Math.min(text.length(), from + 9)).lookingAt();
    boolean behind = from > 0 && (text.digit(from - 1) || BEHIND.indexOf(text.at(from - 1)) >= 0);
    boolean landmark =
        !border
            && LANDMARK
                .matcher(text.text())
                .region(from, Math.min(text.length(), from + 9))
                .lookingAt();
    double open =
        landmark
            ? (behind ? 0.8 : 0.2)
            : border ? 0.3 : opener && behind ? 0.3 : opener ? -0.5 : behind ? -0.8 : -2.2;
    if (text.digit(from) && !border) {
      return;
    }
    int borders = 0;
    for (int to = from + 1; to <= Math.min(text.length(), from + REACH); to++) {
      boolean crossing =
          text.at(to - 1) == '口' && "路街叉".indexOf(text.at(to - 2)) >= 0 && to - from > 2;
      boolean doorFollows = text.digit(to) && !text.digit(to - 1) && signs[to] > signs[to - 1];
      if (to < text.length()
          && !guesses.border(to)
          && !doorFollows
          && !crossing
          && !guesses.nameStartsAt(to)) {
        continue;
      }
      int length = to - from;
      int seen = signs[to] - signs[from];
      if (seen > 0) {
        double score =
            open + 0.9 + 0.4 * Math.min(seen, 4) + 0.42 * Math.min(length, 14) + 0.1 * length;
        guesses.add(AddressPart.REMARKS, from, to, score, border || opener ? 80 : 65);
      } else if (length >= 2 && text.han(from)) {
        guesses.add(AddressPart.REMARKS, from, to, open - 2.0 + 0.3 * Math.min(length, 12), 40);
      }
      borders += to == text.length() || guesses.border(to) ? 1 : 0;
      if (borders > 2
          || to < text.length() && (guesses.closed(to) || text.gap(to) > PastedText.SPACE)) {
        return;
      }
    }
  }
}
