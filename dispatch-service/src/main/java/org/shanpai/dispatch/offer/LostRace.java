package org.shanpai.dispatch.offer;

/** What a wave saw is not so any more: somebody was faster. Nothing is committed. */
public class LostRace extends RuntimeException {

  public LostRace(String what) {
    super(what, null, false, false);
  }
}
