package org.shanpai.architecture.planted.neighbours.shanpai.dispatch;

import org.shanpai.architecture.planted.neighbours.shanpai.rider.ReachingRider;

/** Reaches into another service. */
public class ReachingDispatch {
  ReachingRider neighbour;
}
