package org.shanpai.geo.learning;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How much is needed before finished jobs teach anything. A prior is believed like so many samples;
 * where nothing is known yet it stands alone.
 */
@ConfigMapping(prefix = "shanpai.geo.learning")
public interface LearningSettings {

  /** How often new facts are folded in, wall time. */
  @WithDefault("10s")
  Duration every();

  /** City time within which finished jobs count. */
  @WithDefault("28d")
  Duration window();

  /** City time a half hour of legs rests before it is learned from, so that stragglers are in. */
  @WithDefault("5m")
  Duration settle();

  /** City time facts are kept beyond the window. */
  @WithDefault("2d")
  Duration keep();

  /** Where riders stand. */
  Pickup pickup();

  /** Travel times. */
  Legs legs();

  /** Minutes spent at stops. */
  Stops stops();

  /** Kitchens. */
  Kitchen kitchen();

  /** Where riders stand when they take over. */
  interface Pickup {

    /** Visits the place as told is worth. */
    @WithDefault("4")
    double prior();

    /** The learned point lies no further than this from the place as told. */
    @WithDefault("250")
    double furthestMetres();

    /** Newest visits that count. */
    @WithDefault("60")
    int mostVisits();

    /** How long before the pickup a reading tells where the rider stood, city time. */
    @WithDefault("90s")
    Duration before();

    /** A move by less is not published. */
    @WithDefault("10")
    double publishMetres();
  }

  /** Finished legs beside uncorrected travel times. */
  interface Legs {

    /** Samples the level above is worth: half hour of a cell, cell, half hour of the city, city. */
    @WithDefault("20")
    double prior();

    /** Least correction. */
    @WithDefault("0.7")
    double least();

    /** Greatest correction. */
    @WithDefault("2.0")
    double most();

    /** Average above which a leg was ridden too fast to learn from, km/h; the vehicle's cap. */
    @WithDefault("25")
    double mostKmh();

    /** Legs expected to be shorter say little, seconds. */
    @WithDefault("90")
    int leastSeconds();

    /** A leg that took so many times the expected time had a pause in it. */
    @WithDefault("4")
    double mostRatio();

    /** Ridden metres below this part of the legal way were ridden the wrong way. */
    @WithDefault("0.85")
    double leastWayPart();
  }

  /** From arrival to departure. */
  interface Stops {

    /** Samples the city's median is worth. */
    @WithDefault("8")
    double prior();

    /** Newest visits that count. */
    @WithDefault("60")
    int mostVisits();

    /** At a store with ready goods, seconds, until anything was learned. */
    @WithDefault("60")
    int storeSeconds();

    /** Four of five are quicker. */
    @WithDefault("120")
    int storeP80Seconds();

    /** At the customer's, seconds, until anything was learned. */
    @WithDefault("120")
    int buildingSeconds();

    /** Four of five are quicker. */
    @WithDefault("240")
    int buildingP80Seconds();

    /** A stop that took longer was a break or an accident. */
    @WithDefault("45m")
    Duration longest();
  }

  /** From the order's creation until the goods can be taken. */
  interface Kitchen {

    /** Samples the time as told is worth. */
    @WithDefault("8")
    double prior();

    /** Newest orders that count. */
    @WithDefault("60")
    int mostOrders();

    /** The told time's spread: four of five are ready within this times it. */
    @WithDefault("1.45")
    double p80Ratio();

    /** A tap counts when the pickup follows within this after the later of tap and arrival. */
    @WithDefault("180s")
    Duration believedWithin();

    /** Taking over ready goods. */
    @WithDefault("60s")
    Duration handover();

    /** Told preparation of a store that told none, seconds. */
    @WithDefault("900")
    int untoldSeconds();

    /** A change of the median or p80 by less is not published, seconds. */
    @WithDefault("30")
    int publishSeconds();

    /** Longer is a forgotten order. */
    @WithDefault("3h")
    Duration longest();
  }
}
