package org.shanpai.order.weather;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.event.WeatherAlert;

/** The last weather heard of an area: what it does to new orders. */
@Entity
@Table(name = "area_weather")
public class AreaWeather {

  @Id
  @Column(name = "area_id")
  private String areaId;

  private long version;

  @Enumerated(EnumType.STRING)
  private WeatherAlert.Level level;

  @Column(name = "promise_extra_seconds")
  private int promiseExtraSeconds;

  protected AreaWeather() {}

  public AreaWeather(AreaId areaId) {
    this.areaId = areaId.value();
    this.level = WeatherAlert.Level.NONE;
  }

  /** Takes over a newer alert; an older one changes nothing. */
  public void follow(WeatherAlert alert) {
    if (alert.version() > version) {
      version = alert.version();
      level = alert.level();
      promiseExtraSeconds = Math.max(0, alert.promiseExtraSeconds());
    }
  }

  /** Whether new orders must wait until the alert is over. */
  public boolean refusesOrders() {
    return level == WeatherAlert.Level.RED;
  }

  /** {@code NONE} in fair weather. */
  public WeatherAlert.Level level() {
    return level;
  }

  /** An orange or red alert holds. */
  public boolean severe() {
    return level == WeatherAlert.Level.ORANGE || level == WeatherAlert.Level.RED;
  }

  /** What is added to new promises, seconds. */
  public int promiseExtraSeconds() {
    return promiseExtraSeconds;
  }
}
