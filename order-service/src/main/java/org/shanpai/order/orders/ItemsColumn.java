package org.shanpai.order.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import org.shanpai.messaging.Json;

/** The items of an order as JSON text in one column: they are only ever read together. */
@Converter
public class ItemsColumn implements AttributeConverter<List<Item>, String> {

  private static final TypeReference<List<Item>> ITEMS = new TypeReference<>() {};

  @Override
  public String convertToDatabaseColumn(List<Item> items) {
    try {
      return Json.mapper().writeValueAsString(items);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Items of an order cannot be written as JSON.", e);
    }
  }

  @Override
  public List<Item> convertToEntityAttribute(String text) {
    try {
      return Json.mapper().readValue(text, ITEMS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The stored items of an order are not readable.", e);
    }
  }
}
