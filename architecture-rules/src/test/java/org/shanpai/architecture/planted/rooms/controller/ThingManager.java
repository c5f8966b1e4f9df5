package org.shanpai.architecture.planted.rooms.controller;

/** A class and a package that name nothing. */
public class ThingManager {}
