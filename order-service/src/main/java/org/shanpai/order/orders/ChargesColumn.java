package org.shanpai.order.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import org.shanpai.messaging.Json;

/** A bill as one JSON column. */
@Converter
public class ChargesColumn implements AttributeConverter<List<Charge>, String> {

  private static final TypeReference<List<Charge>> CHARGES = new TypeReference<>() {};

  @Override
  public String convertToDatabaseColumn(List<Charge> charges) {
    return charges == null ? null : Json.write(charges);
  }

  @Override
  public List<Charge> convertToEntityAttribute(String text) {
    if (text == null) {
      return null;
    }
    try {
      return List.copyOf(Json.mapper().readValue(text, CHARGES));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A bill cannot be read", e);
    }
  }
}
