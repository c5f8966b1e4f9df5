package org.shanpai.geo.position;

import java.util.List;
import org.shanpai.contracts.CoordinateSystem;

/**
 * What a phone sent.
 *
 * @param coordinateSystem in which the pings tell their places
 * @param pings unchecked
 */
public record PingBatch(Phone phone, CoordinateSystem coordinateSystem, List<Ping> pings) {}
