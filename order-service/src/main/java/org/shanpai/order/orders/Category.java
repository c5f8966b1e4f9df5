package org.shanpai.order.orders;

/**
 * What kind of goods a line is. What follows from it is data: see {@code shanpai.intake.category}.
 */
public enum Category {
  /** 热餐. */
  HOT_MEAL,
  /** 饮品. */
  DRINK,
  /** 糕点. */
  CAKE,
  /** 生鲜: vegetables, meat, fish. */
  FRESH,
  /** 冷冻. */
  FROZEN,
  /** 商超日用. */
  GROCERY,
  /** 酒类. */
  ALCOHOL,
  /** 非处方药. */
  MEDICINE,
  /** 处方药. */
  PRESCRIPTION_MEDICINE,
  /** 鲜花. */
  FLOWERS,
  /** 数码电器. */
  ELECTRONICS,
  /** 服饰. */
  CLOTHING,
  /** 文件. */
  DOCUMENTS,
  /** 其他. */
  OTHER
}
