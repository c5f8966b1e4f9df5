package org.shanpai.architecture.planted.frameworks.shanpai.contracts;

import org.locationtech.jts.geom.Coordinate;

/** A contract that drags a library along, and longitude-first geometry outside geo. */
public class HeavyContract {
  Coordinate place;
}
