package org.shanpai.order.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
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
  private long version;

  protected Store() {}

  /** A new store, version 1. */
  public Store(StoreId id, MerchantId owner, StoreDetails details, AreaId area) {
    storeId = id.value();
    merchantId = owner.value();
    version = 1;
    take(details, area);
  }

  /**
   * Takes over what the merchant says of it.
   *
   * @return false when nothing is different; the version stays then
   */
  public boolean change(StoreDetails details, AreaId area) {
    if (details.equals(details()) && area.equals(areaId())) {
      return false;
    }
    take(details, area);
    version++;
    return true;
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

  public boolean open() {
    return open;
  }

  public long version() {
    return version;
  }
}
