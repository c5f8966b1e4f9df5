package org.shanpai.geo.travel.streets;

import com.graphhopper.routing.ev.BooleanEncodedValue;
import com.graphhopper.routing.ev.EnumEncodedValue;
import com.graphhopper.routing.ev.RoadClass;
import com.graphhopper.routing.weighting.Weighting;
import com.graphhopper.storage.BaseGraph;
import com.graphhopper.storage.RoutingCHGraph;
import com.graphhopper.storage.index.LocationIndex;

/**
 * A street file as it was read: crossings, streets, how long each takes, before any zone. Never
 * changes.
 *
 * @param weighting seconds along a street
 * @param access which directions of a street an e-bike may take
 * @param smallPart streets of a part too small to count, or of a dead end that cannot be left again
 * @param hierarchy contracted for fast search, without zones
 * @param hash of the file, hexadecimal
 */
record BaseStreets(
    BaseGraph graph,
    LocationIndex index,
    Weighting weighting,
    BooleanEncodedValue access,
    BooleanEncodedValue smallPart,
    EnumEncodedValue<RoadClass> roadClass,
    RoutingCHGraph hierarchy,
    String hash) {}
