package org.shanpai.order.privacy;

/**
 * A contact as it is written: nothing of it can be read without the keys.
 *
 * @param sealed the whole contact
 * @param keyId the key it is sealed with
 * @param phoneHash finds orders of the same telephone
 * @param doorHash finds orders to the same door
 * @param customerKey what dispatch knows the customer by
 */
public record SealedContact(
    String sealed, String keyId, String phoneHash, String doorHash, String customerKey) {}
