/** Forgetting what nobody needs any more. */
package org.shanpai.dispatch.retention;
