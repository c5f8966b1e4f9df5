package org.shanpai.dispatch.area;

/** How jobs of an area find their riders. */
public enum AreaMode {
  /** 派单: dispatch offers each job to the rider it chose. */
  ASSIGN,
  /** 抢单: riders in reach see all open jobs and take them; dispatch offers nothing. */
  GRAB,
  /** Jobs wait in the grab hall for a while; what endangers its promise is offered at once. */
  MIXED
}
