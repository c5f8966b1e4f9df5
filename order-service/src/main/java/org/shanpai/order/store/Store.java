package org.shanpai.order.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneId;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.StoreState;

/** A store: where goods are picked up, and how far it delivers. */
@Entity
@Table(name = "store")
public class Store {

  @Id
  @Column(name = "store_id")
  private String storeId;

  @Column(name = "merchant_id")
  private String merchantId;

  @Column(name = "area_id")
  private String areaId;

  private String name;
  private double lat;
  private double lon;

  @Column(name = "range_metres")
  private int rangeMetres;

  @Column(name = "preparation_seconds")
  private int preparationSeconds;

  private boolean open;

  @Convert(converter = HoursColumn.class)
  private OpeningHours hours;

  private long version;

  protected Store() {}

  /**
   * A new store, version 1.
   *
   * @param hours null when it only goes by its switch
   */
  public Store(
      StoreId id, MerchantId owner, StoreDetails details, OpeningHours hours, AreaId area) {
    storeId = id.value();
    merchantId = owner.value();
    version = 1;
    this.hours = hours;
    take(details, area);
  }

  /**
   * Takes over what the merchant says of it.
   *
   * @param newHours null to leave them as they are
   * @return false when nothing is different; the version stays then
   */
  public boolean change(StoreDetails details, OpeningHours newHours, AreaId area) {
    boolean sameHours = newHours == null || newHours.equals(hours);
    if (sameHours && details.equals(details()) && area.equals(areaId())) {
      return false;
    }
    hours = sameHours ? hours : newHours;
    take(details, area);
    version++;
    return true;
  }

  /** Whether it takes orders at that time: by its switch, and by its hours when it has some. */
  public boolean openAt(Instant at, ZoneId zone) {
    return open && (hours == null || hours.openAt(at, zone));
  }

  /** Null when it only goes by its switch. */
  public OpeningHours hours() {
    return hours;
  }

  private void take(StoreDetails details, AreaId area) {
    name = details.name();
    lat = details.place().lat();
    lon = details.place().lon();
    rangeMetres = details.rangeMetres();
    preparationSeconds = details.preparationSeconds();
    open = details.open();
    areaId = area.value();
  }

  /** What the other services are told. */
  public StoreState state(CityId city) {
    return new StoreState(
        id(),
        city,
        merchantId(),
        areaId(),
        version,
        name,
        place(),
        rangeMetres,
        preparationSeconds,
        open);
  }

  public StoreId id() {
    return new StoreId(storeId);
  }

  public MerchantId merchantId() {
    return new MerchantId(merchantId);
  }

  /** The area of dispatch it lies in. */
  public AreaId areaId() {
    return new AreaId(areaId);
  }

  public StoreDetails details() {
    return new StoreDetails(name, place(), rangeMetres, preparationSeconds, open);
  }

  public GeoPoint place() {
    return new GeoPoint(lat, lon);
  }

  public int rangeMetres() {
    return rangeMetres;
  }

  public int preparationSeconds() {
    return preparationSeconds;
  }

  /** The switch, which its merchant throws by hand. */
  public boolean open() {
    return open;
  }

  public long version() {
    return version;
  }
}
