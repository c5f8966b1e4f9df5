/** What finished jobs taught about stores, as geo-service tells it. */
package org.shanpai.dispatch.store;
