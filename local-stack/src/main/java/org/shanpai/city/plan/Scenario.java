package org.shanpai.city.plan;

import java.time.DayOfWeek;
import java.time.LocalTime;

/**
 * What kind of day it is. Figures marked est. in the calibration are estimates.
 *
 * <p>Shares are 0–1; factors multiply the weekday's figure.
 */
public enum Scenario {
  WEEKDAY(LocalTime.of(11, 0), DayOfWeek.TUESDAY, 1.0, 1.0, 1.0, 0.13, 0.45, 0.40),
  SATURDAY(LocalTime.of(11, 0), DayOfWeek.SATURDAY, 1.15, 1.0, 1.0, 0.13, 0.10, 0.80),
  NIGHT(LocalTime.of(21, 30), DayOfWeek.FRIDAY, 0.6, 0.7, 1.0, 0.13, 0.05, 0.90),
  RAIN(LocalTime.of(11, 0), DayOfWeek.TUESDAY, 1.3, 0.75, 0.8, 0.26, 0.45, 0.40);

  private final LocalTime opens;
  private final DayOfWeek day;
  private final double orders;
  private final double riders;
  private final double speed;
  private final double notAccepted;
  private final double officeDoors;
  private final double homeDoors;

  Scenario(
      LocalTime opens,
      DayOfWeek day,
      double orders,
      double riders,
      double speed,
      double notAccepted,
      double officeDoors,
      double homeDoors) {
    this.opens = opens;
    this.day = day;
    this.orders = orders;
    this.riders = riders;
    this.speed = speed;
    this.notAccepted = notAccepted;
    this.officeDoors = officeDoors;
    this.homeDoors = homeDoors;
  }

  /** When the city's clock starts. */
  public LocalTime opens() {
    return opens;
  }

  /** The day of the week on which it starts. */
  public DayOfWeek day() {
    return day;
  }

  /** How many orders come, against a weekday. */
  public double orders() {
    return orders;
  }

  /** How many of the riders are on duty, against a weekday. */
  public double riders() {
    return riders;
  }

  /** How fast they ride, against dry streets. */
  public double speed() {
    return speed;
  }

  /** Share of offers that are declined or left unanswered. */
  public double notAccepted() {
    return notAccepted;
  }

  public double officeDoors() {
    return officeDoors;
  }

  /** What is neither office nor home is school or hospital. */
  public double homeDoors() {
    return homeDoors;
  }
}
