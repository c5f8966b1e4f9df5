package org.shanpai.order.address.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.order.address.BuildingKey;
import org.shanpai.order.address.KnownBuilding;

/** A row of known buildings, for reading; it is written in SQL. */
@Entity
@Table(name = "known_building")
class KnownBuildingRow {

  @Id
  @Column(name = "building_id")
  String buildingId;

  String district;
  String estate;
  String road;
  String number;
  String building;

  @Column(name = "estate_key")
  String estateKey;

  @Column(name = "road_key")
  String roadKey;

  @Column(name = "building_key")
  String buildingKey;

  double lat;
  double lon;
  int lessons;
  int disagreements;
  boolean imported;

  KnownBuilding building() {
    return new KnownBuilding(
        buildingId,
        district,
        estate,
        road,
        number,
        building,
        new BuildingKey(estateKey, roadKey, buildingKey),
        new GeoPoint(lat, lon),
        lessons,
        imported);
  }
}
