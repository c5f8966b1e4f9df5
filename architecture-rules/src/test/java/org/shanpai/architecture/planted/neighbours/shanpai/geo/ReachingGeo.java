package org.shanpai.architecture.planted.neighbours.shanpai.geo;

import org.shanpai.architecture.planted.neighbours.shanpai.dispatch.ReachingDispatch;

/** Reaches into another service. */
public class ReachingGeo {
  ReachingDispatch neighbour;
}
