// Package entregent reads the conversation between an organisation and its
// community and takes honest measures of it.
package entregent
