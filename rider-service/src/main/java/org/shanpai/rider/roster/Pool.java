package org.shanpai.rider.roster;

/** How a rider works for the platform. */
public enum Pool {
  /** 专送: by shifts of a station. */
  DEDICATED,
  /** 众包: whenever they like. */
  CROWDSOURCED,
  /** 优选: crowdsourced with a weekly commitment. */
  PREFERRED
}
