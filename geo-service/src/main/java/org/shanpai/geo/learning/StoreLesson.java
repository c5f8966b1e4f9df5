package org.shanpai.geo.learning;

import java.time.Instant;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.StoreLearned;

/**
 * What finished jobs taught about a store; times as measured, not yet drawn towards what is known
 * otherwise.
 *
 * @param version counts publications from 1; 0 before the first
 * @param pickup the learned point, already drawn towards the place as told
 * @param told what was published last; null when nothing was
 */
public record StoreLesson(
    String storeId,
    long version,
    GeoPoint pickup,
    int visits,
    double kitchenSeconds,
    double kitchenP80Seconds,
    int kitchens,
    double handoverSeconds,
    double handoverP80Seconds,
    int handovers,
    Instant learnedAt,
    StoreLearned told) {}
