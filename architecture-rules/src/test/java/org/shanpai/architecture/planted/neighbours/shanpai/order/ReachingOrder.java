package org.shanpai.architecture.planted.neighbours.shanpai.order;

import org.shanpai.architecture.planted.neighbours.shanpai.geo.ReachingGeo;

/** Reaches into another service. */
public class ReachingOrder {
  ReachingGeo neighbour;
}
