package org.shanpai.order.privacy;

import jakarta.inject.Singleton;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Json;
import org.shanpai.order.orders.Contact;

/** How a contact becomes unreadable, and readable again. */
@Singleton
public class ContactSealing {

  private final Sealing sealing;

  ContactSealing(Sealing sealing) {
    this.sealing = sealing;
  }

  public SealedContact seal(OrderId order, Contact contact) {
    return new SealedContact(
        sealing.seal(context(order), Json.write(contact)),
        sealing.keyId(),
        phoneHash(contact.phone()),
        doorHash(contact.address()),
        customerKey(contact.phone()));
  }

  /**
   * @throws BrokenSeal when it is not this order's
   */
  public Contact open(OrderId order, String sealed) {
    String text = sealing.open(context(order), sealed);
    try {
      return Json.read(text, Contact.class);
    } catch (IllegalArgumentException quotesTheText) {
      throw new BrokenSeal("What is kept at " + context(order) + " is no contact.", null);
    }
  }

  /** By which the same telephone is found. */
  public String phoneHash(String phone) {
    return sealing.hash("phone", Likeness.phone(phone));
  }

  /**
   * By which dispatch knows the same customer again. Of another purpose than {@link #phoneHash}: it
   * leaves this service, and must not lead back into its tables.
   */
  public String customerKey(String phone) {
    return sealing.hash("customer", Likeness.phone(phone));
  }

  /** By which the same door is found. */
  public String doorHash(String address) {
    return sealing.hash("door", Likeness.door(address));
  }

  private static String context(OrderId order) {
    return "order_contact/" + order.value();
  }
}
