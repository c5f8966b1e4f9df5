package org.shanpai.rider.task.http;

import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.event.OfferState;
import org.shanpai.contracts.event.RiderWorkState;

/**
 * What dispatch answers to whatever a rider does, passed on as it is: the job or offer touched, and
 * the rider's work after it.
 */
record TaskAnswer(JobState job, OfferState offer, RiderWorkState work) {}
