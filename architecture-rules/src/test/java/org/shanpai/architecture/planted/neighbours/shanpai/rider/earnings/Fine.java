package org.shanpai.architecture.planted.neighbours.shanpai.rider.earnings;

import org.shanpai.architecture.planted.neighbours.shanpai.rider.score.Points;

/** Pay that reads the score. */
public class Fine {
  long fen(Points points) {
    return points.milliPoints;
  }
}
