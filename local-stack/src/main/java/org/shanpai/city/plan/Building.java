package org.shanpai.city.plan;

import org.shanpai.city.streets.Spot;

/**
 * A house that customers order to, and how long the handing over takes there.
 *
 * @param spot where riders wait or hand over
 */
record Building(Spot spot, Kind kind) {

  /** Minutes are the calibration's. */
  enum Kind {
    LOCKER(1, 0.25),
    HOME_WITH_LIFT(3, 0.25),
    SIX_FLOORS(4, 0.25),
    /** Twelve minutes one time in ten. */
    OFFICE(5, Math.log(12.0 / 5) / 1.2816),
    HOSPITAL(8, 0.25);

    private final double medianMinutes;
    private final double sigma;

    Kind(double medianMinutes, double sigma) {
      this.medianMinutes = medianMinutes;
      this.sigma = sigma;
    }

    double medianMinutes() {
      return medianMinutes;
    }

    double sigma() {
      return sigma;
    }
  }
}
