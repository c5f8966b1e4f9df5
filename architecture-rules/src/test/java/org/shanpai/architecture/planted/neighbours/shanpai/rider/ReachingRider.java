package org.shanpai.architecture.planted.neighbours.shanpai.rider;

import org.shanpai.architecture.planted.neighbours.shanpai.controlroom.ReachingControlroom;

/** Reaches into another service. */
public class ReachingRider {
  ReachingControlroom neighbour;
}
