package org.shanpai.architecture.planted.neighbours.shanpai.rider.score;

/** A score. */
public class Points {
  public int milliPoints;
}
