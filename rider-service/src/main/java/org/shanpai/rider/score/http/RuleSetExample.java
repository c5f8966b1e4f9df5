package org.shanpai.rider.score.http;

/** A whole rule set, for the examples of the API. */
final class RuleSetExample {

  static final String DOCUMENT =
      "{\"version\":\"2099-01\",\"startMilliPoints\":70000,\"maxMilliPoints\":100000,\"rewardAboveM"
          + "illiPoints\":75000,\"gainsCapMilliPoints\":30000,\"bonusCapMilliPoints\":5000,\"dail"
          + "yOvertimeCapMilliPoints\":6000,\"orderLossCapMilliPoints\":4000,\"windowOrders\":30"
          + "0,\"windowDays\":60,\"severeWindowDays\":30,\"newcomerOrders\":100,\"newcomerWaivers\""
          + ":3,\"deductionWithinHours\":72,\"complaintWithinHours\":168,\"severeWithinHours\":72"
          + "0,\"freeCancels\":3,\"freeCancelDays\":7,\"trainingEveryDays\":7,\"trainingBelowMilli"
          + "Points\":60000,\"rescueEveryDays\":7,\"dispatchShareMillis\":30,\"rewardOrdersPerDay"
          + "\":50,\"exemptWeather\":[\"ORANGE\",\"RED\"],\"rules\":[{\"rule\":\"SM1\",\"group\":\"SM1\",\"ki"
          + "nd\":\"SMOOTH\",\"milliPoints\":100,\"en\":\"Delivered on time, or exempt\",\"zh\":\"准时送达，"
          + "或免责\"},{\"rule\":\"SM2\",\"group\":\"SM2\",\"kind\":\"BONUS\",\"milliPoints\":200,\"en\":\"Verif"
          + "ied praise\",\"zh\":\"核实的好评\"},{\"rule\":\"SM3\",\"group\":\"SM3\",\"kind\":\"BONUS\",\"milliPoi"
          + "nts\":100,\"en\":\"A published peak slot worked\",\"zh\":\"完成公布的高峰时段\"},{\"rule\":\"SM4\",\""
          + "group\":\"SM4\",\"kind\":\"BONUS\",\"milliPoints\":300,\"en\":\"Took over a stranded order"
          + "\",\"zh\":\"接手滞留订单\"},{\"rule\":\"TR1\",\"group\":\"TR1\",\"kind\":\"TRAINING\",\"milliPoints\":3"
          + "000,\"en\":\"Training passed while below 60\",\"zh\":\"低于60分时通过培训\"},{\"rule\":\"OT1\",\"gr"
          + "oup\":\"OT\",\"kind\":\"OVERTIME\",\"milliPoints\":-1000,\"lateUpToSeconds\":300,\"en\":\"La"
          + "te by up to 5 minutes\",\"zh\":\"超时5分钟以内\"},{\"rule\":\"OT2\",\"group\":\"OT\",\"kind\":\"OVER"
          + "TIME\",\"milliPoints\":-2000,\"en\":\"Late by more than 5 minutes\",\"zh\":\"超时5分钟以上\"},{"
          + "\"rule\":\"CX1\",\"group\":\"CX1\",\"kind\":\"ORDINARY\",\"milliPoints\":-2000,\"en\":\"Wrong, "
          + "missing or spilled, rider''s fault upheld\",\"zh\":\"错送、漏送、洒漏，骑手责任成立\"},{\"rule\":\"CX"
          + "2\",\"group\":\"CX2\",\"kind\":\"ORDINARY\",\"milliPoints\":-2000,\"en\":\"Upheld complaint "
          + "about conduct\",\"zh\":\"服务态度投诉成立\"},{\"rule\":\"CX3\",\"group\":\"CX3\",\"kind\":\"ORDINARY\","
          + "\"milliPoints\":-3000,\"en\":\"\\\"Delivered\\\" that was not\",\"zh\":\"虚假送达\"},{\"rule\":\"FU"
          + "1\",\"group\":\"FU1\",\"kind\":\"ORDINARY\",\"milliPoints\":-1000,\"en\":\"Cancelled before "
          + "pickup, own fault\",\"zh\":\"取货前因自身原因取消\"},{\"rule\":\"FU2\",\"group\":\"FU2\",\"kind\":\"ORDI"
          + "NARY\",\"milliPoints\":-4000,\"en\":\"Abandoned after pickup\",\"zh\":\"取货后弃单\"},{\"rule\":"
          + "\"SV1\",\"group\":\"SV1\",\"kind\":\"SEVERE\",\"milliPoints\":-10000,\"en\":\"Abuse, confirme"
          + "d by a named person\",\"zh\":\"辱骂或暴力，经具名人员确认\"},{\"rule\":\"SV2\",\"group\":\"SV2\",\"kind\":"
          + "\"SEVERE\",\"milliPoints\":-20000,\"en\":\"Fraud or rented account, confirmed by a na"
          + "med person\",\"zh\":\"欺诈或租借账号，经具名人员确认\"},{\"rule\":\"ZERO\",\"group\":\"ZERO\",\"kind\":\"ZERO"
          + "\",\"milliPoints\":0,\"en\":\"Decline, offline, rest, unproven low rating\",\"zh\":\"拒单、"
          + "下线、休息、未证实的差评\"}],\"ladder\":[{\"band\":\"REVIEW\",\"fromMilliPoints\":0,\"rewardFen\":0,\""
          + "waiversPerWeek\":0,\"en\":\"A person looks at it with you; never an automatic susp"
          + "ension\",\"zh\":\"人工复核，绝不自动停权\"},{\"band\":\"SUPPORT\",\"fromMilliPoints\":40000,\"rewardF"
          + "en\":0,\"waiversPerWeek\":0,\"en\":\"Optional training, easier orders\",\"zh\":\"可选培训，优先"
          + "派简单订单\"},{\"band\":\"STANDARD\",\"fromMilliPoints\":60000,\"rewardFen\":0,\"waiversPerWe"
          + "ek\":0,\"en\":\"Standard\",\"zh\":\"标准\"},{\"band\":\"GOOD\",\"aboveMilliPoints\":75000,\"rewa"
          + "rdFen\":10,\"waiversPerWeek\":0,\"en\":\"0.10 yuan more for each order\",\"zh\":\"每单奖励0."
          + "10元\"},{\"band\":\"VERY_GOOD\",\"aboveMilliPoints\":85000,\"rewardFen\":20,\"waiversPerW"
          + "eek\":1,\"en\":\"0.20 yuan more for each order, one late order a week takes nothin"
          + "g\",\"zh\":\"每单奖励0.20元，每周免扣一次超时\"},{\"band\":\"BEST\",\"aboveMilliPoints\":95000,\"rewardF"
          + "en\":30,\"waiversPerWeek\":2,\"en\":\"0.30 yuan more for each order, two late orders"
          + " a week take nothing\",\"zh\":\"每单奖励0.30元，每周免扣两次超时\"}]}";

  private RuleSetExample() {}
}
