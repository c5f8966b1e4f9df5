package org.shanpai.order.orders.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.shanpai.order.orders.Contact;

/** The personal data of an order, in a table of its own. */
@Entity
@Table(name = "order_contact")
class OrderContactRow {

  @Id
  @Column(name = "order_id")
  String orderId;

  String name;
  String phone;
  String address;

  Contact contact() {
    return new Contact(name, phone, address);
  }
}
