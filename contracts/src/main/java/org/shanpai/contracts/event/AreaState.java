package org.shanpai.contracts.event;

import java.util.List;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;

/**
 * A business district (商圈). Published by geo-service.
 *
 * @param outline its border, at least 3 corners, not closed, counter-clockwise
 * @param paused true while dispatch rests here
 */
public record AreaState(
    AreaId areaId,
    CityId cityId,
    long version,
    String name,
    List<GeoPoint> outline,
    boolean paused) {}
