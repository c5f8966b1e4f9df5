package org.shanpai.rider.score;

import java.util.Arrays;
import java.util.Optional;

/** Why a delivery counts as on time, or a loss takes nothing, in words. */
public enum Exemption {
  E1("The kitchen was late", "商家出餐晚"),
  E2("Orange or red weather alert", "橙色或红色天气预警"),
  E3("A road, gate or lift was blocked", "道路、门禁或电梯受阻"),
  E4("The customer could not be reached or kept you waiting", "联系不上顾客或顾客让您等候"),
  E5("The customer changed something", "顾客更改了订单"),
  E6("The platform's plan or fault", "平台规划或平台原因"),
  E7("Accident or breakdown", "交通事故或车辆故障"),
  E8("Stopped by the fatigue limit", "因疲劳保护停止"),
  COMPENSATED("Delays that were not your fault", "非骑手原因的延误"),
  APPEAL("Your appeal was upheld", "申诉成立"),
  FREE("One of the free cancels", "在免扣取消次数之内"),
  TOO_SOON("The same counted less than the allowed time ago", "规定时间内已计过一次");

  private final String en;
  private final String zh;

  Exemption(String en, String zh) {
    this.en = en;
    this.zh = zh;
  }

  public String en() {
    return en;
  }

  public String zh() {
    return zh;
  }

  /** Of the first of several codes joined by {@code +}; empty for a code without words. */
  public static Optional<Exemption> find(String codes) {
    if (codes == null) {
      return Optional.empty();
    }
    String first = codes.split("\\+")[0];
    return Arrays.stream(values()).filter(e -> e.name().equals(first)).findFirst();
  }
}
