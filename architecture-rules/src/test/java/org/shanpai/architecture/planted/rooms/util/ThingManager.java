package org.shanpai.architecture.planted.rooms.util;

/** A class and a package that name nothing. */
public class ThingManager {}
