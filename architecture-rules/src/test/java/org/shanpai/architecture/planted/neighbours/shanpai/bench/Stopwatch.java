package org.shanpai.architecture.planted.neighbours.shanpai.bench;

import org.shanpai.architecture.planted.neighbours.shanpai.dispatch.ReachingDispatch;

/** A benchmark that measures a service. */
public class Stopwatch {
  ReachingDispatch measured;
}
