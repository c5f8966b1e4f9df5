package org.shanpai.architecture.planted.neighbours.shanpai.controlroom;

import org.shanpai.architecture.planted.neighbours.shanpai.order.ReachingOrder;

/** Reaches into another service. */
public class ReachingControlroom {
  ReachingOrder neighbour;
}
