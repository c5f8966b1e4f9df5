package org.shanpai.architecture.planted.neighbours.shanpai.city;

import org.shanpai.architecture.planted.neighbours.shanpai.order.ReachingOrder;

/** A city that does not come through the front door. */
public class Insider {
  ReachingOrder service;
}
